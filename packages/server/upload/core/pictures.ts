import { createHash } from 'node:crypto';
import { Refused } from '../../common/faults/refused.ts';
import { newFileId } from '../../common/ids.ts';
import { coverKey, isUploadedCover } from '../../common/object-keys.ts';
import type { Executor } from '../../database/index.ts';
import { VideoGoneError } from '../../library/index.ts';
import type { UploadContext } from './context.ts';
import { isPicture } from './file-types.ts';
import type { FinishedUpload } from './live.ts';
import { badParameter, noPicture, otherBytes } from './refusals.ts';
import { requireStorage } from './storage-quota.ts';
import { type Incoming, receiveVerified } from './store-part.ts';

/** A picture that comes in one call. */
export interface SmallPicture extends Incoming {
  appId: string;
  /** The video whose cover it becomes; null: of none. */
  videoId: string | null;
  /** Lower-case hex. */
  sha1: string;
  /** Lower-case extension. */
  type: string;
}

/**
 * Stores a picture under an id of its own. With a video it becomes its cover, and belongs to it; without, it belongs to the
 * application, lies in a folder named after its id, as a video's files do, and is deleted like a video.
 * @throws Refused `parameter.refused` when there is no such video, `upload.content` when the bytes are not those announced
 * or no picture, `storage.quota`
 */
export async function putPicture(
  context: UploadContext,
  picture: SmallPicture,
  now: number,
): Promise<FinishedUpload> {
  await requireStorage(context, context.database.db, picture.appId, picture.size);
  const memory = await context.memory.take(picture.size);
  try {
    await receiveVerified(context, picture, memory);
    checkPicture(memory, picture.sha1);
    return await storePicture(context, picture, memory, now);
  } finally {
    context.memory.give(memory);
  }
}

function checkPicture(bytes: Buffer, sha1: string): void {
  const actual = createHash('sha1').update(bytes).digest('hex');
  if (actual !== sha1) throw otherBytes('SHA-1', actual, sha1);
  if (!isPicture(bytes)) throw noPicture();
}

async function storePicture(
  context: UploadContext,
  { appId, videoId, type }: SmallPicture,
  bytes: Buffer,
  now: number,
): Promise<FinishedUpload> {
  const { database, library, store } = context;
  if (videoId !== null && !(await library.videos.get(database.db, appId, videoId))) throw noVideo(videoId);
  const id = newFileId(now);
  const key = coverKey(appId, videoId ?? id, id, type);
  // A copy, because a store that fails may go on reading.
  await store.put(key, Buffer.from(bytes));
  try {
    if (videoId !== null) await replaceCover(context, appId, videoId, key, now, async () => true);
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

function noVideo(videoId: string) {
  return badParameter('extra.fileId', `there is no video ${videoId}`);
}
