import type { Executor } from '../../../database/index.ts';
import { tables } from '../../tables.ts';
import type { VideoStatus } from '../../videos/types.ts';
import { SPANS } from './spans.ts';

/** Stands for all classes together in `video_counts`. */
export const ALL_CLASSES = -1;

/** What a video is counted by. */
export interface Counted {
  classId: number;
  status: VideoStatus;
  /** ms since the epoch. */
  createdAt: number;
}

/** Counts one video in (`by` 1) or out (-1), in the transaction that writes or removes it. */
export async function countVideos(trx: Executor, appId: string, counted: Counted, by: 1 | -1): Promise<void> {
  await add(trx, appId, [{ ...counted, by }]);
}

/** Counts one video out of where it was and into where it is now. */
export async function moveCounts(trx: Executor, appId: string, from: Counted, to: Counted): Promise<void> {
  if (from.classId === to.classId && from.status === to.status) return;
  await add(trx, appId, [
    { ...from, by: -1 },
    { ...to, by: 1 },
  ]);
}

interface Change extends Counted {
  by: number;
}

async function add(trx: Executor, appId: string, changes: Change[]): Promise<void> {
  await tables(trx)
    .insertInto('video_counts')
    .values(
      countRows(changes).map(({ classId, span, startsAt, status, by }) => ({
        app_id: appId,
        class_id: classId,
        span,
        starts_at: startsAt,
        status,
        videos: by,
      })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['app_id', 'class_id', 'span', 'starts_at', 'status'])
        .doUpdateSet((row) => ({ videos: row('video_counts.videos', '+', row.ref('excluded.videos')) })),
    )
    .execute();
}

interface CountRow {
  classId: number;
  span: number;
  startsAt: number;
  status: VideoStatus;
  by: number;
}

/**
 * The rows of `video_counts` that changes add to, each row once, rows that would not change left out.
 * Always in one order, so that two transactions cannot wait for each other.
 */
function countRows(changes: Change[]): CountRow[] {
  const rows = new Map<string, CountRow>();
  for (const { status, createdAt, by, ...change } of changes) {
    for (const classId of [ALL_CLASSES, change.classId]) {
      for (const span of SPANS) {
        const startsAt = Math.floor(createdAt / span) * span;
        const key = [classId, span, startsAt, status].join();
        const row = rows.get(key) ?? { classId, span, startsAt, status, by: 0 };
        row.by += by;
        rows.set(key, row);
      }
    }
  }
  return [...rows.values()]
    .filter((row) => row.by !== 0)
    .sort((a, b) => a.classId - b.classId || b.span - a.span || (a.status < b.status ? -1 : 1));
}
