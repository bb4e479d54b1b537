import { kindOf, type TemplateKind } from './kinds/all.ts';
import type { Template } from './types.ts';

/** Presets have ids below this one, and templates of applications this one or a higher one, in every kind. */
export const FIRST_OWN_ID = 1_000_001;

/** All of a kind, by id. */
export function presetsOf<K extends TemplateKind>(kind: K): Template<K>[] {
  return kindOf(kind)
    .presets.map(({ id, name, body }) => ({
      ...{ kind, id, name, description: '', body },
      ...{ isPreset: true, createdAt: null, updatedAt: null },
    }))
    .sort((a, b) => a.id - b.id);
}

/** Null when there is none. Asks no database. */
export function presetOf<K extends TemplateKind>(kind: K, id: number): Template<K> | null {
  return presetsOf(kind).find((preset) => preset.id === id) ?? null;
}
