import type { Executor } from '../../database/index.ts';
import { countVideos, moveCounts } from '../catalogue/counting/change.ts';
import { mergeClassCounts } from '../catalogue/counting/classes.ts';
import { putOutputs, setSourceMd5, sourceOutput } from '../outputs/write.ts';
import { tables } from '../tables.ts';
import { VideoGoneError } from './gone.ts';
import { isVideoId } from './read.ts';
import { newRow, type VideoRow } from './row.ts';
import type { NewVideo, VideoChanges } from './types.ts';

/** Writes the video, its tags and its source as an output. `classId` exists, and stays until the transaction ends. */
export async function createVideo(
  trx: Executor,
  video: NewVideo,
  classId: number,
  now: number,
): Promise<void> {
  const row = newRow(video, classId, now);
  await tables(trx).insertInto('videos').values(row).execute();
  await putOutputs(trx, video.appId, video.id, [sourceOutput(video)]);
  await countVideos(trx, video.appId, { classId: row.class_id, status: row.status, createdAt: now }, 1);
}

/**
 * Takes the row's lock until the transaction ends, and marks the video as changed.
 * @returns the row, otherwise as it was
 * @throws VideoGoneError
 */
export async function lockVideo(
  trx: Executor,
  appId: string,
  videoId: string,
  now: number,
): Promise<VideoRow> {
  if (!isVideoId(videoId)) throw new VideoGoneError(videoId);
  const row = await tables(trx)
    .updateTable('videos')
    .set({ updated_at: now })
    .where('id', '=', videoId)
    .where('app_id', '=', appId)
    .returningAll()
    .executeTakeFirst();
  if (!row) throw new VideoGoneError(videoId);
  return row;
}

/**
 * Changes a video and the counts that it is part of.
 * @throws VideoGoneError
 */
export async function changeVideo(
  trx: Executor,
  appId: string,
  videoId: string,
  changes: VideoChanges,
  now: number,
): Promise<void> {
  const row = await lockVideo(trx, appId, videoId, now);
  await tables(trx)
    .updateTable('videos')
    .set({
      updated_at: now,
      name: changes.name,
      description: changes.description,
      class_id: changes.classId,
      expires_at: changes.expiresAt,
      status: changes.status,
      cover_key: changes.coverKey,
      md5: changes.md5,
    })
    .where('id', '=', videoId)
    .execute();
  if (changes.md5 !== undefined) await setSourceMd5(trx, videoId, changes.md5);
  const before = { classId: row.class_id, status: row.status, createdAt: row.created_at };
  await moveCounts(trx, appId, before, {
    classId: changes.classId ?? before.classId,
    status: changes.status ?? before.status,
    createdAt: before.createdAt,
  });
}

/** @throws VideoGoneError, and whatever `change` throws */
export async function changeTags(
  trx: Executor,
  appId: string,
  videoId: string,
  change: (tags: string[]) => string[],
  now: number,
): Promise<void> {
  const row = await lockVideo(trx, appId, videoId, now);
  const tags = JSON.stringify(change(JSON.parse(row.tags)));
  await tables(trx).updateTable('videos').set({ tags }).where('id', '=', videoId).execute();
}

/** Puts the videos of some classes into another one. The caller has removed the classes, so none can be added to them. */
export async function moveToClass(
  trx: Executor,
  appId: string,
  classIds: readonly number[],
  into: number,
  now: number,
): Promise<void> {
  await tables(trx)
    .updateTable('videos')
    .set({ class_id: into, updated_at: now })
    .where('app_id', '=', appId)
    .where('class_id', 'in', classIds)
    .execute();
  await mergeClassCounts(trx, appId, classIds, into);
}
