import type { Executor } from '../../../database/index.ts';
import { tables } from '../../tables.ts';
import { SPANS } from './spans.ts';

const LONGEST = SPANS[0];

/** How many videos each of these classes has, by class id; classes without any may be missing. */
export async function countsOfClasses(
  db: Executor,
  appId: string,
  classIds: readonly number[],
): Promise<Map<number, number>> {
  if (classIds.length === 0) return new Map();
  const rows = await tables(db)
    .selectFrom('video_counts')
    .select(['class_id', (row) => row.fn.sum<number>('videos').as('videos')])
    .where('app_id', '=', appId)
    .where('class_id', 'in', classIds)
    .where('span', '=', LONGEST)
    .groupBy('class_id')
    .execute();
  return new Map(rows.map(({ class_id, videos }) => [class_id, Number(videos)]));
}

/** Adds the counts of some classes to another one and forgets them. */
export async function mergeClassCounts(
  trx: Executor,
  appId: string,
  classIds: readonly number[],
  into: number,
): Promise<void> {
  await tables(trx)
    .insertInto('video_counts')
    .columns(['app_id', 'class_id', 'span', 'starts_at', 'status', 'videos'])
    .expression((from) =>
      from
        .selectFrom('video_counts')
        .select((row) => [
          'app_id',
          row.val(into).as('class_id'),
          'span',
          'starts_at',
          'status',
          row.fn.sum<number>('videos').as('videos'),
        ])
        .where('app_id', '=', appId)
        .where('class_id', 'in', classIds)
        .groupBy(['app_id', 'span', 'starts_at', 'status'])
        .orderBy('span', 'desc')
        .orderBy('starts_at')
        .orderBy('status'),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['app_id', 'class_id', 'span', 'starts_at', 'status'])
        .doUpdateSet((row) => ({ videos: row('video_counts.videos', '+', row.ref('excluded.videos')) })),
    )
    .execute();
  await tables(trx)
    .deleteFrom('video_counts')
    .where('app_id', '=', appId)
    .where('class_id', 'in', classIds)
    .execute();
}
