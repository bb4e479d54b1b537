import type { Selectable } from 'kysely';
import { kindOf, type TemplateKind } from './kinds/all.ts';
import type { TemplatesTables } from './tables.ts';
import type { Template } from './types.ts';

/** @throws ZodError for a body that the schema does not know, which is an error of ours */
export function toTemplate<K extends TemplateKind>(
  kind: K,
  row: Selectable<TemplatesTables['templates']>,
): Template<K> {
  return {
    kind,
    id: row.id,
    name: row.name,
    description: row.description,
    body: kindOf(kind).body.parse(JSON.parse(row.body)),
    isPreset: false,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
