import type { Executor } from '../../database/index.ts';
import { tables } from '../tables.ts';
import { isVideoId } from './read.ts';
import { toVideo } from './row.ts';
import type { Video } from './types.ts';

/** A video of whatever account, for who was given its address; null when there is none. */
export async function findVideo(db: Executor, videoId: string): Promise<Video | null> {
  if (!isVideoId(videoId)) return null;
  const row = await tables(db).selectFrom('videos').selectAll().where('id', '=', videoId).executeTakeFirst();
  return row ? toVideo(row) : null;
}
