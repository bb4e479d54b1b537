import type { Executor } from '../../database/index.ts';
import { tables } from '../tables.ts';
import { toVideo } from './row.ts';
import type { Video } from './types.ts';

/** Null when it does not exist, belongs to another account or is being deleted. */
export async function getVideo(db: Executor, appId: string, videoId: string): Promise<Video | null> {
  if (!isVideoId(videoId)) return null;
  const row = await tables(db)
    .selectFrom('videos')
    .selectAll()
    .where('id', '=', videoId)
    .where('app_id', '=', appId)
    .executeTakeFirst();
  return row ? toVideo(row) : null;
}

/** In the order of the ids; those that do not exist are left out. */
export async function getVideos(db: Executor, appId: string, videoIds: readonly string[]): Promise<Video[]> {
  const ids = videoIds.filter(isVideoId);
  if (ids.length === 0) return [];
  const rows = await tables(db).selectFrom('videos').selectAll().where('id', 'in', ids).execute();
  // The account is compared here: in the query, it tempts the planner to go through all videos of the account.
  const byId = new Map(rows.filter((row) => row.app_id === appId).map((row) => [row.id, row]));
  return [...new Set(ids)].flatMap((id) => {
    const row = byId.get(id);
    return row ? [toVideo(row)] : [];
  });
}

/** The newest video with these bytes; null when there is none. */
export async function findBySha1(
  db: Executor,
  appId: string,
  sha1: string,
  size: number,
): Promise<Video | null> {
  const row = await tables(db)
    .selectFrom('videos')
    .selectAll()
    .where('app_id', '=', appId)
    .where('sha1', '=', sha1)
    .where('size', '=', size)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? toVideo(row) : null;
}

/** Ids are decimal; other text needs no look into the database, and some (a NUL) PostgreSQL would not even take. */
export function isVideoId(text: string): boolean {
  return /^\d{1,20}$/.test(text);
}
