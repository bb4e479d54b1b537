import { createHash } from 'node:crypto';
import { newFileId } from '../common/ids.ts';
import { coverKey, videoPrefix } from '../common/object-keys.ts';
import { Refused } from '../common/refused.ts';
import type { Executor } from '../database/index.ts';
import { VideoGoneError } from '../library/index.ts';
import type { UploadContext } from './deps.ts';
import { badBody, badParameter } from './faults.ts';
import { isPicture } from './file-types.ts';
import type { FinishedUpload } from './live.ts';

/** A cover that comes in one call. */
export interface SmallCover {
  appId: string;
  videoId: string;
  /** Lower-case hex. */
  sha1: string;
  /** Lower-case extension. */
  type: string;
  bytes: Buffer;
}

/**
 * Stores a picture and makes it the cover of a video (contract/upload/SmallFileUpload.yaml).
 * @throws Refused `parameter.refused` when there is no such video, -10006 when the bytes are not those announced or no picture
 */
export async function putCover(
  context: UploadContext,
  { appId, videoId, sha1, type, bytes }: SmallCover,
  now: number,
): Promise<FinishedUpload> {
  const { database, library, store } = context;
  const actual = createHash('sha1').update(bytes).digest('hex');
  if (actual !== sha1) {
    throw badBody(`the SHA-1 of the body is ${actual}, not the announced ${sha1}`, { canRetry: true });
  }
  if (!isPicture(bytes)) throw badBody('the body is no picture');
  if (!(await library.videos.get(database.db, appId, videoId))) throw noVideo(videoId);
  const id = newFileId(now);
  const key = coverKey(appId, videoId, id, type);
  await store.put(key, bytes);
  try {
    await replaceCover(context, appId, videoId, key, now, async () => true);
  } catch (error) {
    // After another fault it is not certain that the transaction came to nothing.
    if (error instanceof Refused) await store.delete(key);
    throw error;
  }
  return { id, key };
}

/**
 * Makes a stored picture the cover of a video and deletes the one before, if that was an uploaded one too.
 * @param also runs in the same transaction, first; when it resolves to false nothing happens
 * @throws Refused `parameter.refused` when there is no such video
 */
export async function replaceCover(
  { database, library, store }: UploadContext,
  appId: string,
  videoId: string,
  key: string,
  now: number,
  also: (trx: Executor) => Promise<boolean>,
): Promise<boolean> {
  const before = await database
    .transaction(async (trx) => {
      if (!(await also(trx))) return undefined;
      const video = await library.videos.get(trx, appId, videoId);
      if (!video) throw noVideo(videoId);
      await library.videos.change(trx, appId, videoId, { coverKey: key }, now);
      return video.coverKey;
    })
    .catch((error: unknown) => {
      throw error instanceof VideoGoneError ? noVideo(videoId) : error;
    });
  if (before === undefined) return false;
  if (before !== null && before !== key && isUploadedCover(appId, videoId, before))
    await store.delete(before);
  return true;
}

/** Snapshots that serve as covers belong to their task. */
function isUploadedCover(appId: string, videoId: string, key: string): boolean {
  const prefix = videoPrefix(appId, videoId);
  return key.startsWith(prefix) && /^\d+\.[a-z0-9]+$/.test(key.slice(prefix.length));
}

function noVideo(videoId: string) {
  return badParameter('extra.fileId', `there is no video ${videoId}`);
}
