import { coverKey, videoPrefix } from '../../common/object-keys.ts';
import type { Database } from '../../database/index.ts';
import type { ObjectStore } from '../../storage/index.ts';
import { tables } from '../tables.ts';

/**
 * Has a picture of no video removed: it lies in a folder named after its id, as a video's files do, and goes the same way. False
 * when there is none, or when it is on its way already.
 * @throws what the store throws
 */
export async function removePicture(
  { database, store }: { database: Database; store: ObjectStore },
  { appId, pictureId }: { appId: string; pictureId: string },
  now: number,
): Promise<boolean> {
  if (!(await isPicture(store, appId, pictureId))) return false;
  const { numInsertedOrUpdatedRows } = await tables(database.db)
    .insertInto('deletions')
    .values({ video_id: pictureId, app_id: appId, due_at: now, announced: 0, attempts: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  return Number(numInsertedOrUpdatedRows) > 0;
}

/** Nothing else is named like its folder: covers of videos have ids of their own. */
async function isPicture(store: ObjectStore, appId: string, id: string): Promise<boolean> {
  for await (const { key } of store.list(videoPrefix(appId, id))) {
    if (key.startsWith(coverKey(appId, id, id, ''))) return true;
  }
  return false;
}
