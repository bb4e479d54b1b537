import type { Executor } from '../../database/index.ts';

/** The built-in class of videos that were put into no other, "Other" (contract/class/DescribeClass.yaml). */
export const DEFAULT_CLASS = { id: 0, name: '其他' } as const;

/** Name of one class. */
export async function className(db: Executor, appId: string, classId: number): Promise<string> {
  return nameIn(await classNames(db, appId, [classId]), classId);
}

/** Names of classes, by id. */
export async function classNames(
  db: Executor,
  appId: string,
  classIds: readonly number[],
): Promise<Map<number, string>> {
  const ids = [...new Set(classIds)].filter((id) => id !== DEFAULT_CLASS.id);
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('classes')
    .select(['id', 'name'])
    .where('app_id', '=', appId)
    .where('id', 'in', ids)
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** A class that was deleted since its video was read counts as the default class, where that video now is. */
export function nameIn(names: Map<number, string>, classId: number): string {
  return names.get(classId) ?? DEFAULT_CLASS.name;
}
