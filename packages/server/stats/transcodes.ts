import type { Executor } from '../database/index.ts';
import { DAY, type Period, startOf } from './spans.ts';
import { tables } from './tables.ts';
import type { TranscodeDay } from './types.ts';

/** A rendition that was made. */
export interface Transcoded {
  appId: string;
  /** Codec of the picture, of the sound where there is none: `h264`, `hevc`, `mp3`. */
  format: string;
  /** Of what came out, ms. */
  durationMs: number;
}

/** Counts renditions, in the transaction that says that they are made. */
export async function countTranscodes(
  trx: Executor,
  made: readonly Transcoded[],
  now: number,
): Promise<void> {
  for (const { appId, format, durationMs } of made) {
    await tables(trx)
      .insertInto('stats_transcodes')
      .values({ app_id: appId, starts_at: startOf(DAY, now), format, jobs: 1, duration_ms: durationMs })
      .onConflict((conflict) =>
        conflict.columns(['app_id', 'starts_at', 'format']).doUpdateSet(({ eb, ref }) => ({
          jobs: eb('stats_transcodes.jobs', '+', 1),
          duration_ms: eb('stats_transcodes.duration_ms', '+', ref('excluded.duration_ms')),
        })),
      )
      .execute();
  }
}

/** Days of a period on which something was made, oldest first. */
export async function transcodeDays(
  db: Executor,
  appId: string,
  { from, until }: Period,
): Promise<TranscodeDay[]> {
  const rows = await tables(db)
    .selectFrom('stats_transcodes')
    .selectAll()
    .where('app_id', '=', appId)
    .where('starts_at', '>=', from)
    .where('starts_at', '<', until)
    .orderBy('starts_at')
    .orderBy('format')
    .execute();
  const days = Map.groupBy(rows, ({ starts_at }) => starts_at);
  return [...days].map(([startsAt, formats]) => ({
    startsAt,
    formats: formats.map((row) => ({
      format: row.format,
      durationMs: row.duration_ms,
      jobs: row.jobs,
    })),
  }));
}
