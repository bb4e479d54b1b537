import { Refused } from '../common/faults/refused.ts';
import { isUploadedCover, videoPrefix } from '../common/object-keys.ts';
import type { Database } from '../database/index.ts';
import type { ObjectStore } from '../storage/index.ts';
import { locate } from './outputs/locate.ts';
import { outputOfName } from './outputs/names.ts';
import type { OutputKind } from './outputs/types.ts';
import { VideoGoneError } from './videos/gone.ts';
import { getVideo } from './videos/read.ts';
import { changeVideo } from './videos/write.ts';

const PICTURES: ReadonlySet<OutputKind> = new Set([
  'cover',
  'snapshots',
  'sampledSnapshots',
  'sprite',
  'animated',
]);

/**
 * Makes a picture that the video has its cover. An uploaded one that was its cover before is removed: nothing else knows of it.
 * @param name of the picture's file, as its address has it
 * @throws VideoGoneError; Refused `parameter.refused` when there is no such picture
 */
export async function setCover(
  { database, store }: { database: Database; store: ObjectStore },
  appId: string,
  videoId: string,
  name: string,
  now: number,
): Promise<void> {
  const key = videoPrefix(appId, videoId) + name;
  const video = await getVideo(database.db, appId, videoId);
  if (!video) throw new VideoGoneError(videoId);
  if (video.coverKey === key) return;
  const kind = outputOfName(name)?.kind;
  const found = kind && PICTURES.has(kind) ? await locate(database.db, appId, videoId, name) : null;
  // A set of pictures has one row: which of them there are only the store can say.
  if (!found || !isPicture(name) || !(await store.head(found.key)))
    throw new Refused('parameter.refused', `video ${videoId} has no picture ${name}`, { field: 'picture' });
  const before = await database.transaction(async (trx) => {
    const current = await getVideo(trx, appId, videoId);
    await changeVideo(trx, appId, videoId, { coverKey: key }, now);
    return current?.coverKey ?? null;
  });
  if (before !== null && isUploadedCover(appId, videoId, before)) await store.delete(before);
}

/** The index of a sprite lies beside its pictures. */
function isPicture(name: string): boolean {
  return !name.endsWith('.vtt');
}
