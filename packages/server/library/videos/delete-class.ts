import type { Classes } from '../../classes/index.ts';
import type { Database } from '../../database/index.ts';
import { moveToClass } from './write.ts';

const DEFAULT_CLASS_ID = 0;

/**
 * Removes a class with all below it; their videos go to the default class.
 * @throws Refused `class.…`
 */
export async function deleteClassAndMoveVideos(
  database: Database,
  classes: Classes,
  appId: string,
  classId: number,
  now: number,
): Promise<void> {
  await database.transaction(async (trx) => {
    const removed = await classes.remove(trx, appId, classId);
    await moveToClass(trx, appId, removed, DEFAULT_CLASS_ID, now);
  });
}
