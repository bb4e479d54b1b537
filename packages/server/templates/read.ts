import { Refused } from '../common/faults/refused.ts';
import type { Executor } from '../database/index.ts';
import type { TemplateKind } from './kinds/all.ts';
import { firstOwnId, presetOf, presetsOf } from './presets.ts';
import { toTemplate } from './row.ts';
import { tables } from './tables.ts';
import type { Template, TemplateList } from './types.ts';

/** See `Templates.getMany`. */
export async function getTemplates<K extends TemplateKind>(
  db: Executor,
  appId: string,
  kind: K,
  ids: readonly number[],
): Promise<Map<number, Template<K>>> {
  const presets = ids.flatMap((id) => presetOf(kind, id) ?? []);
  const own = [...new Set(ids.filter((id) => id >= firstOwnId(kind)))];
  const rows = own.length === 0 ? [] : await ownRows(db, appId, kind).where('id', 'in', own).execute();
  const found = [...presets, ...rows.map((row) => toTemplate(kind, row))];
  return new Map(found.map((template) => [template.id, template]));
}

/** See `Templates.require`. */
export async function requireTemplates<K extends TemplateKind>(
  db: Executor,
  appId: string,
  kind: K,
  ids: readonly number[],
): Promise<Template<K>[]> {
  const found = await getTemplates(db, appId, kind, ids);
  return [...new Set(ids)].map((id) => {
    const template = found.get(id);
    if (template) return template;
    const field = `${kind}.definition`;
    throw new Refused('definition.notFound', `there is no definition ${id}`, { field });
  });
}

/** See `Templates.list`. An application has few, so they are read whole. */
export async function listTemplates<K extends TemplateKind>(
  db: Executor,
  appId: string,
  kind: K,
  options: TemplateList = {},
): Promise<Template<K>[]> {
  const rows = await ownRows(db, appId, kind).orderBy('id').execute();
  return page([...rows.map((row) => toTemplate(kind, row)), ...presetsOf(kind)], options, firstOwnId(kind));
}

function ownRows(db: Executor, appId: string, kind: TemplateKind) {
  return tables(db).selectFrom('templates').selectAll().where('app_id', '=', appId).where('kind', '=', kind);
}

function page<T extends Template>(
  all: readonly T[],
  { name, after, limit }: TemplateList,
  firstId: number,
): T[] {
  return all
    .filter((template) => name === undefined || template.name === name)
    .filter((template) => after === undefined || comesAfter(template.id, after, firstId))
    .slice(0, limit);
}

/** Own ones come first, then presets, each by id. */
function comesAfter(id: number, other: number, firstId: number): boolean {
  const isPreset = id < firstId;
  return isPreset === other < firstId ? id > other : isPreset;
}
