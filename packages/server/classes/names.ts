import type { Executor } from '../database/index.ts';
import { tables } from './tables.ts';

/** The built-in class of videos that were put into no other, "Other" (docs/wire/library.md, Ids, units, times). */
export const DEFAULT_CLASS = { id: 0, name: '其他' } as const;

/**
 * Names of some classes. One that was deleted since its videos were read counts as the default class, where those
 * videos now are.
 */
export async function classNames(
  db: Executor,
  appId: string,
  classIds: readonly number[],
): Promise<(classId: number) => string> {
  const ids = [...new Set(classIds)].filter((id) => id !== DEFAULT_CLASS.id);
  if (ids.length === 0) return () => DEFAULT_CLASS.name;
  const rows = await tables(db)
    .selectFrom('classes')
    .select(['id', 'name'])
    .where('app_id', '=', appId)
    .where('id', 'in', ids)
    .execute();
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return (classId) => names.get(classId) ?? DEFAULT_CLASS.name;
}
