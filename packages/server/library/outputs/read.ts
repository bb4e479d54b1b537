import type { CompiledQuery } from 'kysely';
import type { Database, Executor } from '../../database/index.ts';
import { tables } from '../tables.ts';
import { isVideoId } from '../videos/read.ts';
import { type PlayableRow, toOutput, toPlayable } from './row.ts';
import type { Output, OutputKind, Playable } from './types.ts';

/** Kinds by their place in the list of what a video has, and whether they can be played. */
const KINDS: Record<OutputKind, { place: number; plays: boolean }> = {
  source: { place: 0, plays: true },
  transcode: { place: 1, plays: true },
  masterPlaylist: { place: 2, plays: true },
  cover: { place: 3, plays: false },
};

type Listed = { kind: OutputKind; definition: number };

function inOrder(a: Listed, b: Listed): number {
  return KINDS[a.kind].place - KINDS[b.kind].place || a.definition - b.definition;
}

/** See `Outputs.of`. */
export async function outputsOf(db: Executor, appId: string, videoId: string): Promise<Output[]> {
  if (!isVideoId(videoId)) return [];
  const rows = await tables(db)
    .selectFrom('outputs')
    .selectAll()
    .where('video_id', '=', videoId)
    .where('app_id', '=', appId)
    .orderBy('number')
    .execute();
  return rows.map(toOutput).sort(inOrder);
}

/**
 * The read behind DescribeVodPlayUrls, by far the most frequent: one look into one index, its SQL made once.
 * Resolves to nothing when there is no such video, because every video has its source.
 */
export function playableQuery({ db }: Pick<Database, 'db'>) {
  const { sql, query, queryId } = tables(db)
    .selectFrom('outputs')
    .select(['kind', 'definition', 'name', 'video_bitrate', 'height', 'width'])
    .where('video_id', '=', '')
    .where('app_id', '=', '')
    .compile();
  return async (appId: string, videoId: string): Promise<Playable[]> => {
    if (!isVideoId(videoId)) return [];
    const compiled: CompiledQuery<PlayableRow> = { sql, query, queryId, parameters: [videoId, appId] };
    const { rows } = await tables(db).executeQuery(compiled);
    return playableIn(rows);
  };
}

/** See `Outputs.playableOf`. */
export async function playableOf(
  db: Executor,
  appId: string,
  videoIds: readonly string[],
): Promise<Map<string, Playable[]>> {
  if (videoIds.length === 0) return new Map();
  const rows = await tables(db)
    .selectFrom('outputs')
    .select(['video_id', 'kind', 'definition', 'name', 'video_bitrate', 'height', 'width'])
    .where('video_id', 'in', videoIds)
    .where('app_id', '=', appId)
    .execute();
  const byVideo = Map.groupBy(rows, (row) => row.video_id);
  return new Map([...byVideo].map(([id, list]) => [id, playableIn(list)]));
}

function playableIn(rows: readonly PlayableRow[]): Playable[] {
  return rows
    .filter(({ kind }) => KINDS[kind].plays)
    .map(toPlayable)
    .sort(inOrder);
}
