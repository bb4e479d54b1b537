import { videoPrefix } from '../../common/object-keys.ts';
import type { Executor } from '../../database/index.ts';
import { addStoredBytes } from '../stored-bytes.ts';
import { tables } from '../tables.ts';
import type { NewVideo } from '../videos/types.ts';
import { toRow } from './row.ts';
import type { Output } from './types.ts';

/** The uploaded file as an output. Its size in px is that of the picture as shown: rotated, pixels made square. */
export function sourceOutput(video: NewVideo): Output {
  const { info } = video;
  const picture = info?.video[0];
  return {
    kind: 'source',
    definition: 0,
    number: 0,
    name: video.sourceKey.slice(videoPrefix(video.appId, video.id).length),
    run: null,
    container: info?.container ?? video.type,
    bitrate: info?.bitrate ?? 0,
    videoBitrate: picture?.bitrate ?? 0,
    width: picture?.displayWidth ?? 0,
    height: picture?.displayHeight ?? 0,
    size: video.size,
    totalSize: video.size,
    durationMs: info?.durationMs ?? 0,
    md5: video.md5 ?? '',
    info,
    details: null,
  };
}

/**
 * Writes outputs, over those with the same ids, and counts their bytes. The caller holds the video's lock.
 * @param replaced what `replacedBy` said of them
 */
export async function putOutputs(
  trx: Executor,
  appId: string,
  videoId: string,
  outputs: readonly Output[],
  replaced: Replaced = NOTHING,
): Promise<void> {
  if (outputs.length === 0) return;
  await tables(trx)
    .insertInto('outputs')
    .values(outputs.map((output) => toRow(appId, videoId, output)))
    .onConflict((conflict) =>
      conflict.columns(['video_id', 'kind', 'definition', 'number']).doUpdateSet((row) => ({
        name: row.ref('excluded.name'),
        run: row.ref('excluded.run'),
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
        details: row.ref('excluded.details'),
      })),
    )
    .execute();
  const bytes = outputs.reduce((sum, { totalSize }) => sum + totalSize, 0);
  await addStoredBytes(trx, appId, bytes - replaced.bytes);
}

/** What outputs take the place of. */
export interface Replaced {
  /** Runs that made some of it; not the one that makes the new. */
  runs: ReadonlySet<string>;
  bytes: number;
}

const NOTHING: Replaced = { runs: new Set(), bytes: 0 };

/** What these will replace. The caller holds the video's lock. */
export async function replacedBy(
  trx: Executor,
  videoId: string,
  outputs: readonly Output[],
): Promise<Replaced> {
  const rows = await tables(trx)
    .selectFrom('outputs')
    .select(['kind', 'definition', 'number', 'run', 'total_size'])
    .where('video_id', '=', videoId)
    .execute();
  const pairs = rows.flatMap((row) => {
    const by = outputs.find(
      ({ kind, definition, number }) =>
        kind === row.kind && definition === row.definition && number === row.number,
    );
    return by ? [{ row, by }] : [];
  });
  return {
    runs: new Set(pairs.flatMap(({ row, by }) => (row.run !== '' && row.run !== by.run ? [row.run] : []))),
    bytes: pairs.reduce((sum, { row }) => sum + row.total_size, 0),
  };
}

/** The MD5 of a source, found out later. */
export async function setSourceMd5(trx: Executor, videoId: string, md5: string): Promise<void> {
  await tables(trx)
    .updateTable('outputs')
    .set({ md5 })
    .where('video_id', '=', videoId)
    .where('kind', '=', 'source')
    .execute();
}
