import { checkedText } from '../common/checked-text.ts';
import { Refused } from '../common/faults/refused.ts';
import type { Executor } from '../database/index.ts';
import { classNotFound } from './existing.ts';
import { DEFAULT_CLASS } from './names.ts';
import { tables } from './tables.ts';
import { type Class, listClasses, subtreeOf } from './tree.ts';

/** The parent of first-level classes. */
const ROOT = -1;

/** The documents name no limits; these keep the tree, which travels whole, at a size that clients can show. */
const MAX_LEVELS = 10;
const MAX_CLASSES = 5000;

/**
 * Makes a class and returns its id. Ids are numbered by account and never used again.
 * @throws Refused `class.…`
 */
export async function createClass(
  trx: Executor,
  appId: string,
  { name: given, parentId }: { name: string; parentId: number },
  now: number,
): Promise<number> {
  const name = checkedText('name', given);
  if (parentId === DEFAULT_CLASS.id)
    throw new Refused('class.belowDefault', 'no class can be created under the default class', {
      field: 'parentId',
    });
  const id = await lockTree(trx, appId, 1);
  const rows = await listClasses(trx, appId);
  const parent = rows.find((row) => row.id === parentId);
  if (parentId !== ROOT && !parent)
    throw new Refused('class.parentNotFound', 'the parent class does not exist', { field: 'parentId' });
  const level = parent ? parent.level + 1 : 0;
  if (level >= MAX_LEVELS)
    throw new Refused('class.limit', `classes have at most ${MAX_LEVELS} levels`, { field: 'parentId' });
  if (rows.length >= MAX_CLASSES)
    throw new Refused('class.limit', `an account has at most ${MAX_CLASSES} classes`);
  refuseTwin(rows, { parentId, name });
  await tables(trx)
    .insertInto('classes')
    .values({ app_id: appId, id, parent_id: parentId, level, name, created_at: now, updated_at: now })
    .execute();
  return id;
}

/** @throws Refused `class.…` */
export async function renameClass(
  trx: Executor,
  appId: string,
  classId: number,
  newName: string,
  now: number,
): Promise<void> {
  const name = checkedText('name', newName);
  if (classId === DEFAULT_CLASS.id) throw builtIn();
  await lockTree(trx, appId, 0);
  const rows = await listClasses(trx, appId);
  const found = rows.find(({ id }) => id === classId);
  if (!found) throw classNotFound(classId);
  refuseTwin(
    rows.filter(({ id }) => id !== classId),
    { parentId: found.parentId, name },
  );
  await tables(trx)
    .updateTable('classes')
    .set({ name, updated_at: now })
    .where('app_id', '=', appId)
    .where('id', '=', classId)
    .execute();
}

/** See `Classes.remove`. @throws Refused `class.…` */
export async function removeClass(trx: Executor, appId: string, classId: number): Promise<number[]> {
  if (classId === DEFAULT_CLASS.id) throw builtIn();
  await lockTree(trx, appId, 0);
  const ids = subtreeOf(await listClasses(trx, appId), classId);
  if (ids.length === 0) throw classNotFound(classId);
  // Waits for whoever is putting a video into one of them, so that the caller finds it.
  await tables(trx).deleteFrom('classes').where('app_id', '=', appId).where('id', 'in', ids).execute();
  return ids;
}

/** Changes of one account's tree take turns. Returns the last id given, after `newIds` more. */
async function lockTree(trx: Executor, appId: string, newIds: 0 | 1): Promise<number> {
  const tree = await tables(trx)
    .insertInto('class_trees')
    .values({ app_id: appId, last_class_id: newIds })
    .onConflict((conflict) =>
      conflict
        .column('app_id')
        .doUpdateSet((row) => ({ last_class_id: row('class_trees.last_class_id', '+', newIds) })),
    )
    .returning('last_class_id')
    .executeTakeFirstOrThrow();
  return tree.last_class_id;
}

function refuseTwin(rows: readonly Class[], { parentId, name }: { parentId: number; name: string }): void {
  const twin = rows.some((row) => row.parentId === parentId && row.name === name);
  if (twin)
    throw new Refused('class.nameTaken', 'a class beside it has that name already', { field: 'name' });
}

function builtIn(): Refused {
  return new Refused('class.builtIn', 'the default class 0 is built in and cannot be changed', {
    field: 'classId',
  });
}
