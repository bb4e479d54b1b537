import { Refused } from '../common/faults/refused.ts';
import { dialectOf, type Executor } from '../database/index.ts';
import { tables } from './tables.ts';

/**
 * The class if it exists (0 always does), else null. It stays until the transaction ends: DeleteClass waits, and
 * then finds the video that was put into it meanwhile. SQLite has one writer at a time and needs no lock.
 */
export async function existingClass(trx: Executor, appId: string, classId: number): Promise<number | null> {
  if (classId === 0) return 0;
  const query = tables(trx)
    .selectFrom('classes')
    .select('id')
    .where('app_id', '=', appId)
    .where('id', '=', classId);
  const locked = dialectOf(trx) === 'postgres' ? query.forKeyShare() : query;
  const found = await locked.executeTakeFirst();
  return found ? found.id : null;
}

/** @throws Refused `class.notFound` when there is no such class */
export async function requireClass(trx: Executor, appId: string, classId: number): Promise<void> {
  if ((await existingClass(trx, appId, classId)) === null) throw classNotFound(classId);
}

export function classNotFound(classId: number): Refused {
  return new Refused('class.notFound', `there is no class ${classId}`, { field: 'classId' });
}
