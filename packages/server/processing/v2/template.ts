import { Refused } from '../../common/faults/refused.ts';
import type { Executor } from '../../database/index.ts';
import type { BodyOf, TemplateKind, Templates } from '../../templates/index.ts';

/**
 * What a definition that a parameter names stands for.
 * @throws Refused `definition.notFound`, with that parameter
 */
export async function bodyOf<K extends TemplateKind>(
  { db, appId, templates }: { db: Executor; appId: string; templates: Templates },
  kind: K,
  definition: number,
  field: string,
): Promise<BodyOf<K>> {
  const template = await templates.get(db, appId, kind, definition);
  if (!template) throw new Refused('definition.notFound', `there is no definition ${definition}`, { field });
  return template.body;
}
