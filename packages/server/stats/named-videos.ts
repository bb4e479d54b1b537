import type { Executor } from '../database/index.ts';
import type { Library } from '../library/index.ts';

const AT_ONCE = 100;
/** As many videos of one name are looked at; a name is meant to be that of one. */
const MOST = 1000;

/** Ids of the videos that a text is the id or the whole name of. What was deleted is found by its id only. */
export async function videosNamed(
  db: Executor,
  library: Library,
  appId: string,
  text: string,
): Promise<string[]> {
  // bounded by: MOST
  const ids = /^\d{1,20}$/.test(text) ? [text] : [];
  for (let skip = 0; skip < MOST; skip += AT_ONCE) {
    const page = { newestFirst: true, skip, take: AT_ONCE };
    const listed = await library.catalogue.listByName(db, appId, text, page);
    const videos = await library.videos.getMany(db, appId, listed.ids);
    ids.push(...videos.filter(({ name }) => name === text).map(({ id }) => id));
    if (skip + AT_ONCE >= listed.total) break;
  }
  return [...new Set(ids)];
}
