import { type Executor, type Place, prepared } from '../../database/index.ts';
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
  snapshots: { place: 4, plays: false },
  sampledSnapshots: { place: 5, plays: false },
  sprite: { place: 6, plays: false },
  animated: { place: 7, plays: false },
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

/** See `Outputs.playable`: the read behind DescribeVodPlayUrls, by far the most frequent. One look into one index. */
export async function playable(db: Executor, appId: string, videoId: string): Promise<Playable[]> {
  if (!isVideoId(videoId)) return [];
  const { rows } = await playableRows(db, { appId, videoId });
  return playableIn(rows);
}

const playableRows = prepared((db, value: Place<{ appId: string; videoId: string }>) =>
  tables(db)
    .selectFrom('outputs')
    .select(['kind', 'definition', 'name', 'video_bitrate', 'height', 'width'])
    .where('video_id', '=', value('videoId'))
    .where('app_id', '=', value('appId')),
);

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
