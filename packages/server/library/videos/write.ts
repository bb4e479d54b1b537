import type { Executor } from '../../database/index.ts';
import { existingClass } from '../classes/existing.ts';
import { countVideos, moveCounts } from '../counting/change.ts';
import { VideoGoneError } from '../errors.ts';
import { insertRenditions, sourceRendition } from '../renditions.ts';
import { tables } from '../tables.ts';
import type { NewVideo, VideoChanges } from '../types.ts';
import { isVideoId } from './read.ts';
import { newRow, type VideoRow } from './row.ts';

/** Writes the video, its tags and its source as rendition 0. An unknown classId falls back to 0, the default class. */
export async function createVideo(trx: Executor, video: NewVideo, now: number): Promise<void> {
  const classId = await existingClass(trx, video.appId, video.classId ?? 0);
  const row = newRow(video, classId ?? 0, now);
  await tables(trx).insertInto('videos').values(row).execute();
  await insertRenditions(trx, video.appId, video.id, [sourceRendition(video)]);
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
    })
    .where('id', '=', videoId)
    .execute();
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
