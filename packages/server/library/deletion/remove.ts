import type { Executor } from '../../database/index.ts';
import type { Tasks } from '../../tasks/types.ts';
import { countVideos } from '../catalogue/counting/change.ts';
import { removeAllMarks } from '../marks/index.ts';
import { addStoredBytes } from '../stored-bytes.ts';
import { tables } from '../tables.ts';
import type { DeletionPriority } from '../videos/types.ts';

/** Whose rows are to go; with `expiredBy` only if the video's time has come by then. */
export interface Removal {
  appId: string;
  videoId: string;
  priority: DeletionPriority;
  expiredBy?: number;
}

/**
 * Takes a video out of the library in the caller's transaction: from its commit on nobody can read it, its unfinished
 * work is cancelled, and a row remembers that its objects must go. False when there is no such video.
 */
export async function removeVideo(
  trx: Executor,
  tasks: Tasks,
  { appId, videoId, priority, expiredBy }: Removal,
  now: number,
): Promise<boolean> {
  const query = tables(trx).deleteFrom('videos').where('id', '=', videoId).where('app_id', '=', appId);
  const row = await (expiredBy === undefined ? query : query.where('expires_at', '<=', expiredBy))
    .returning(['class_id', 'status', 'created_at'])
    .executeTakeFirst();
  if (!row) return false;
  const outputs = await tables(trx)
    .deleteFrom('outputs')
    .where('video_id', '=', videoId)
    .returning('total_size')
    .execute();
  await addStoredBytes(trx, appId, -outputs.reduce((sum, { total_size }) => sum + total_size, 0));
  await tables(trx).deleteFrom('retired_runs').where('video_id', '=', videoId).execute();
  await removeAllMarks(trx, videoId);
  await tasks.cancelFlows(trx, appId, videoId, now);
  await tables(trx)
    .insertInto('deletions')
    .values({
      video_id: videoId,
      app_id: appId,
      // What is urgent is due before all else; those who said "low" have waited for the work on the video already.
      due_at: priority === 'high' ? 0 : now,
      announced: 0,
      attempts: 0,
    })
    .execute();
  const counted = { classId: row.class_id, status: row.status, createdAt: row.created_at };
  await countVideos(trx, appId, counted, -1);
  return true;
}
