import { isUploadedPicture, runFolder, videoPrefix } from '../../common/object-keys.ts';
import type { Executor } from '../../database/index.ts';
import { tables } from '../tables.ts';
import { isVideoId } from '../videos/read.ts';
import { outputOfName } from './names.ts';
import type { LocatedFile } from './types.ts';

/** See `Outputs.locate`. */
export async function locate(
  db: Executor,
  appId: string,
  videoId: string,
  name: string,
): Promise<LocatedFile | null> {
  if (!isVideoId(videoId)) return null;
  const id = outputOfName(name);
  if (!id) return isUploadedPicture(name) ? coverInstead(db, appId, videoId) : null;
  const row = await tables(db)
    .selectFrom('outputs')
    .select('run')
    .where('video_id', '=', videoId)
    .where('app_id', '=', appId)
    .where('kind', '=', id.kind)
    .where('definition', '=', id.definition)
    .where('number', '=', id.number)
    .executeTakeFirst();
  if (!row) return null;
  const { run } = row;
  return run === ''
    ? { key: videoPrefix(appId, videoId) + name, run: null }
    : { key: runFolder(appId, videoId, run) + name, run };
}

/** The address of an uploaded cover stays good when the cover is replaced: it gives the one that the video has now. */
async function coverInstead(db: Executor, appId: string, videoId: string): Promise<LocatedFile | null> {
  const video = await tables(db)
    .selectFrom('videos')
    .select('cover_key')
    .where('id', '=', videoId)
    .where('app_id', '=', appId)
    .executeTakeFirst();
  const key = video?.cover_key ?? null;
  if (key === null) return null;
  const name = key.slice(videoPrefix(appId, videoId).length);
  return isUploadedPicture(name) ? { key, run: null } : locate(db, appId, videoId, name);
}
