import type { CompiledQuery, Insertable, Selectable } from 'kysely';
import type { Database, Executor } from '../database/index.ts';
import { type LibraryTables, tables } from './tables.ts';
import type { NewVideo, PlayableRendition, Rendition } from './types.ts';
import { isVideoId } from './videos/read.ts';

/** By definition, the source first; none when there is no such video. */
export async function renditions(db: Executor, appId: string, videoId: string): Promise<Rendition[]> {
  if (!isVideoId(videoId)) return [];
  const rows = await tables(db)
    .selectFrom('renditions')
    .selectAll()
    .where('video_id', '=', videoId)
    .where('app_id', '=', appId)
    .orderBy('definition')
    .execute();
  return rows.map(toRendition);
}

/** Replaces the renditions of the same definitions. The caller holds the video's lock. */
export async function insertRenditions(
  trx: Executor,
  appId: string,
  videoId: string,
  list: readonly Rendition[],
): Promise<void> {
  if (list.length === 0) return;
  await tables(trx)
    .insertInto('renditions')
    .values(list.map((rendition) => toRow(appId, videoId, rendition)))
    .onConflict((conflict) =>
      conflict.columns(['video_id', 'definition']).doUpdateSet((row) => ({
        object_key: row.ref('excluded.object_key'),
        container: row.ref('excluded.container'),
        bitrate: row.ref('excluded.bitrate'),
        video_bitrate: row.ref('excluded.video_bitrate'),
        width: row.ref('excluded.width'),
        height: row.ref('excluded.height'),
        size: row.ref('excluded.size'),
        total_size: row.ref('excluded.total_size'),
        duration_ms: row.ref('excluded.duration_ms'),
        md5: row.ref('excluded.md5'),
        info: row.ref('excluded.info'),
      })),
    )
    .execute();
}

/** The uploaded file as rendition 0. Its size in px is that of the picture as shown: rotated, pixels made square. */
export function sourceRendition(video: NewVideo): Rendition {
  const { info } = video;
  const picture = info?.video[0];
  return {
    definition: 0,
    key: video.sourceKey,
    container: info?.container ?? video.type,
    bitrate: Math.round(info?.bitrate ?? 0),
    videoBitrate: Math.round(picture?.bitrate ?? 0),
    width: picture?.displayWidth ?? 0,
    height: picture?.displayHeight ?? 0,
    size: video.size,
    totalSize: video.size,
    durationMs: info?.durationMs ?? 0,
    md5: video.md5 ?? '',
    info,
  };
}

type PlaybackRow = Pick<
  Selectable<LibraryTables['renditions']>,
  'video_id' | 'definition' | 'object_key' | 'video_bitrate' | 'height' | 'width'
>;

/**
 * The read behind DescribeVodPlayUrls, by far the most frequent: one look into one index, its SQL made once.
 * Resolves to nothing when there is no such video, because every video has its source.
 */
export function playableQuery({ db }: Pick<Database, 'db'>) {
  const { sql, query, queryId } = tables(db)
    .selectFrom('renditions')
    .select(['definition', 'object_key', 'video_bitrate', 'height', 'width'])
    .where('video_id', '=', '')
    .where('app_id', '=', '')
    .orderBy('definition')
    .compile();
  return async (appId: string, videoId: string): Promise<PlayableRendition[]> => {
    if (!isVideoId(videoId)) return [];
    const compiled: CompiledQuery<PlaybackRow> = { sql, query, queryId, parameters: [videoId, appId] };
    const { rows } = await tables(db).executeQuery(compiled);
    return rows.map(toPlayable);
  };
}

/** What can be played of several videos, by video id. */
export async function playableOf(
  db: Executor,
  appId: string,
  videoIds: readonly string[],
): Promise<Map<string, PlayableRendition[]>> {
  if (videoIds.length === 0) return new Map();
  const rows = await tables(db)
    .selectFrom('renditions')
    .select(['video_id', 'definition', 'object_key', 'video_bitrate', 'height', 'width'])
    .where('video_id', 'in', videoIds)
    .where('app_id', '=', appId)
    .orderBy('definition')
    .execute();
  const byVideo = Map.groupBy(rows, (row) => row.video_id);
  return new Map([...byVideo].map(([id, list]) => [id, list.map(toPlayable)]));
}

function toPlayable(row: PlaybackRow): PlayableRendition {
  return {
    definition: row.definition,
    key: row.object_key,
    videoBitrate: row.video_bitrate,
    width: row.width,
    height: row.height,
  };
}

function toRendition(row: Selectable<LibraryTables['renditions']>): Rendition {
  return {
    ...toPlayable(row),
    container: row.container,
    bitrate: row.bitrate,
    size: row.size,
    totalSize: row.total_size,
    durationMs: row.duration_ms,
    md5: row.md5,
    info: row.info === null ? null : JSON.parse(row.info),
  };
}

function toRow(
  appId: string,
  videoId: string,
  rendition: Rendition,
): Insertable<LibraryTables['renditions']> {
  return {
    video_id: videoId,
    app_id: appId,
    definition: rendition.definition,
    object_key: rendition.key,
    container: rendition.container,
    bitrate: Math.round(rendition.bitrate),
    video_bitrate: Math.round(rendition.videoBitrate),
    width: rendition.width,
    height: rendition.height,
    size: rendition.size,
    total_size: rendition.totalSize,
    duration_ms: Math.round(rendition.durationMs),
    md5: rendition.md5,
    info: rendition.info === null ? null : JSON.stringify(rendition.info),
  };
}
