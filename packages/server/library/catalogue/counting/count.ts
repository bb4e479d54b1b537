import type { Executor } from '../../../database/index.ts';
import { tables } from '../../tables.ts';
import type { VideoFilter } from '../types.ts';
import { ALL_CLASSES } from './change.ts';
import { cut, type Piece, type Stretch } from './spans.ts';

/** A piece of time with the videos created in it. */
export interface CountedPiece extends Piece {
  videos: number;
}

/**
 * How many videos match, piece by piece, exactly: whole spans are sums of counters, and only the videos of the two
 * broken hours at the ends are counted one by one, in an index.
 */
export async function countPieces(db: Executor, appId: string, filter: VideoFilter): Promise<CountedPiece[]> {
  return Promise.all(
    cut(filter.created).map(async (piece) => {
      const { span } = piece;
      const videos =
        span === null
          ? await countRows(db, appId, filter, piece)
          : await sumSpans(db, appId, filter, { ...piece, span });
      return { ...piece, videos };
    }),
  );
}

export function totalOf(pieces: readonly { videos: number }[]): number {
  return pieces.reduce((sum, { videos }) => sum + videos, 0);
}

/** The spans of a piece that have videos, in order. */
export async function spansIn(
  db: Executor,
  appId: string,
  filter: VideoFilter,
  piece: Stretch & { span: number },
): Promise<CountedPiece[]> {
  const rows = await spanRows(db, appId, filter, piece)
    .select(['starts_at', (row) => row.fn.sum<number>('videos').as('videos')])
    .groupBy('starts_at')
    .orderBy('starts_at')
    .execute();
  return rows.map(({ starts_at, videos }) => ({
    from: starts_at,
    until: starts_at + piece.span,
    span: piece.span,
    videos: Number(videos),
  }));
}

async function sumSpans(
  db: Executor,
  appId: string,
  filter: VideoFilter,
  piece: Stretch & { span: number },
): Promise<number> {
  const row = await spanRows(db, appId, filter, piece)
    .select((columns) => columns.fn.sum<number | null>('videos').as('videos'))
    .executeTakeFirst();
  return Number(row?.videos ?? 0);
}

function spanRows(
  db: Executor,
  appId: string,
  filter: VideoFilter,
  { span, from, until }: Stretch & { span: number },
) {
  const query = tables(db)
    .selectFrom('video_counts')
    .where('app_id', '=', appId)
    .where('class_id', '=', filter.classId ?? ALL_CLASSES)
    .where('span', '=', span)
    .where('starts_at', '>=', from)
    .where('starts_at', '<', until);
  return filter.status === undefined ? query : query.where('status', '=', filter.status);
}

async function countRows(
  db: Executor,
  appId: string,
  filter: VideoFilter,
  created: Stretch,
): Promise<number> {
  const row = await matching(db, appId, { ...filter, created })
    .select((columns) => columns.fn.countAll<number>().as('videos'))
    .executeTakeFirst();
  return Number(row?.videos ?? 0);
}

/** The rows that match; with what is selected from the index only, no row is read. */
export function matching(db: Executor, appId: string, { classId, status, created }: VideoFilter) {
  let query = tables(db)
    .selectFrom('videos')
    .where('app_id', '=', appId)
    .where('created_at', '>=', created.from)
    .where('created_at', '<', created.until);
  if (classId !== undefined) query = query.where('class_id', '=', classId);
  if (status !== undefined) query = query.where('status', '=', status);
  return query;
}
