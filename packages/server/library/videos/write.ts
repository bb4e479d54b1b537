import type { Executor } from '../../database/index.ts';
import { existingClass } from '../classes/existing.ts';
import { countVideos, moveCounts } from '../counting/counts.ts';
import { VideoGoneError } from '../errors.ts';
import { insertRenditions, sourceRendition } from '../renditions.ts';
import type { NewVideo, VideoStatus } from '../types.ts';
import { isVideoId } from './read.ts';
import { newRow, type VideoRow } from './row.ts';

/** Writes the video, its tags and its source as rendition 0. An unknown classId falls back to 0, the default class. */
export async function createVideo(trx: Executor, video: NewVideo, now: number): Promise<void> {
  const classId = await existingClass(trx, video.appId, video.classId ?? 0);
  const row = newRow(video, classId ?? 0, now);
  await trx.insertInto('videos').values(row).execute();
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
  const row = await trx
    .updateTable('videos')
    .set({ updated_at: now })
    .where('id', '=', videoId)
    .where('app_id', '=', appId)
    .returningAll()
    .executeTakeFirst();
  if (!row) throw new VideoGoneError(videoId);
  return row;
}

/** What ModifyVodInfo can change; what is undefined stays. */
export interface VideoChanges {
  name?: string | undefined;
  description?: string | undefined;
  /** Must exist. */
  classId?: number | undefined;
  /** ms since the epoch; null: never. */
  expiresAt?: number | null | undefined;
  status?: VideoStatus | undefined;
  coverKey?: string | undefined;
  tags?: readonly string[] | undefined;
}

/**
 * Changes a video and the counts that it is part of. `changes` may be worked out from the locked row.
 * @throws VideoGoneError
 */
export async function changeVideo(
  trx: Executor,
  appId: string,
  videoId: string,
  changes: VideoChanges | ((row: VideoRow) => VideoChanges),
  now: number,
): Promise<void> {
  const row = await lockVideo(trx, appId, videoId, now);
  const wanted = typeof changes === 'function' ? changes(row) : changes;
  await trx
    .updateTable('videos')
    .set({
      updated_at: now,
      name: wanted.name,
      description: wanted.description,
      class_id: wanted.classId,
      expires_at: wanted.expiresAt,
      status: wanted.status,
      cover_key: wanted.coverKey,
      tags: wanted.tags && JSON.stringify(wanted.tags),
    })
    .where('id', '=', videoId)
    .execute();
  const before = { classId: row.class_id, status: row.status, createdAt: row.created_at };
  await moveCounts(trx, appId, before, {
    classId: wanted.classId ?? before.classId,
    status: wanted.status ?? before.status,
    createdAt: before.createdAt,
  });
}
