import { type BodyOf, kindOf, type TemplateKind } from './kinds/all.ts';
import type { Preset } from './kinds/kind.ts';
import type { Template } from './types.ts';

/** Presets have ids below this one, and templates of applications this one or a higher one, in kinds that do not say otherwise. */
export const FIRST_OWN_ID = 1_000_001;

/** Templates of applications have this id or a higher one, presets a lower one. */
export function firstOwnId(kind: TemplateKind): number {
  return kindOf(kind).firstOwnId ?? FIRST_OWN_ID;
}

/** All of a kind, by id. */
export function presetsOf<K extends TemplateKind>(kind: K): Template<K>[] {
  return kindOf(kind)
    .presets.map((preset) => templateOf(kind, preset))
    .sort((a, b) => a.id - b.id);
}

/** Null when there is none. Asks no database. */
export function presetOf<K extends TemplateKind>(kind: K, id: number): Template<K> | null {
  const preset = kindOf(kind).presets.find((one) => one.id === id);
  return preset ? templateOf(kind, preset) : null;
}

function templateOf<K extends TemplateKind>(kind: K, { id, name, body }: Preset<BodyOf<K>>): Template<K> {
  return {
    ...{ kind, id, name, description: '', body },
    ...{ isPreset: true, createdAt: null, updatedAt: null },
  };
}
