import { type ExpressionBuilder, sql } from 'kysely';
import type { Executor } from '../../database/index.ts';
import { DAY, HOUR, type Period, startOf } from '../spans.ts';
import { type StatsTables, tables } from '../tables.ts';
import type { PlayPage, VideoPlays } from '../types.ts';

/** A page of the videos that something was delivered of in a period of whole hours, and the sums of all. */
export async function listPlays(
  db: Executor,
  appId: string,
  period: Period,
  { by, descending, skip, take }: PlayPage,
  videoIds?: readonly string[],
): Promise<{ videos: number; plays: number; bytes: number; page: VideoPlays[] }> {
  if (videoIds?.length === 0) return { videos: 0, plays: 0, bytes: 0, page: [] };
  const counted = tables(db)
    .selectFrom('stats_plays')
    .where((eb) => within(eb, appId, period))
    .$if(videoIds !== undefined, (query) => query.where('video_id', 'in', videoIds!));
  const sums = await counted
    .select((eb) => [
      sql<number>`count(distinct video_id)`.as('videos'),
      eb.fn.sum<number>('plays').as('plays'),
      eb.fn.sum<number>('bytes').as('bytes'),
    ])
    .executeTakeFirst();
  const direction = descending ? 'desc' : 'asc';
  const page = await counted
    .select((eb) => [
      'video_id as videoId',
      eb.fn.sum<number>('plays').as('plays'),
      eb.fn.sum<number>('bytes').as('bytes'),
    ])
    .groupBy('video_id')
    .orderBy(sql.ref(by), direction)
    .orderBy('video_id', direction)
    .offset(skip)
    .limit(take)
    .execute();
  return {
    videos: Number(sums?.videos ?? 0),
    plays: Number(sums?.plays ?? 0),
    bytes: Number(sums?.bytes ?? 0),
    page: page.map(numbers),
  };
}

/**
 * Whole days by day, the hours before and after them by hour. The application is in each branch, so that each is a walk through
 * the index of its own.
 */
function within(eb: ExpressionBuilder<StatsTables, 'stats_plays'>, appId: string, { from, until }: Period) {
  const firstDay = Math.min(startOf(DAY, from + DAY - 1), until);
  const endOfDays = Math.max(firstDay, startOf(DAY, until));
  const parts = [
    { span: DAY, start: firstDay, end: endOfDays },
    { span: HOUR, start: from, end: firstDay },
    { span: HOUR, start: endOfDays, end: until },
  ];
  return eb.or(
    parts
      .filter(({ start, end }) => start < end)
      .map(({ span, start, end }) =>
        eb.and([
          eb('app_id', '=', appId),
          eb('span', '=', span),
          eb('starts_at', '>=', start),
          eb('starts_at', '<', end),
        ]),
      ),
  );
}

/** The most played videos of a day, under one domain or all, most plays first. */
export async function topPlays(
  db: Executor,
  appId: string,
  day: number,
  host: string | null,
  take: number,
): Promise<VideoPlays[]> {
  const rows = await tables(db)
    .selectFrom('stats_plays')
    .select((eb) => [
      'video_id as videoId',
      eb.fn.sum<number>('plays').as('plays'),
      eb.fn.sum<number>('bytes').as('bytes'),
    ])
    .where('app_id', '=', appId)
    .where('span', '=', DAY)
    .where('starts_at', '=', day)
    .$if(host !== null, (query) => query.where('host', '=', host!))
    .groupBy('video_id')
    .having((eb) => eb(eb.fn.sum<number>('plays'), '>', 0))
    .orderBy(sql.ref('plays'), 'desc')
    .orderBy(sql.ref('bytes'), 'desc')
    .orderBy('video_id')
    .limit(take)
    .execute();
  return rows.map(numbers);
}

function numbers({ videoId, plays, bytes }: VideoPlays): VideoPlays {
  return { videoId, plays: Number(plays), bytes: Number(bytes) };
}
