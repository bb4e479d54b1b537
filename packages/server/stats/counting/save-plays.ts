import type { Executor } from '../../database/index.ts';
import { DAY } from '../spans.ts';
import { tables } from '../tables.ts';
import { Visitors } from '../visitors.ts';
import type { Plays } from './host-tally.ts';
import { ROWS_AT_ONCE } from './rows-at-once.ts';

/** Adds plays to their hours and days, in a transaction that nobody else counts beside, and notes which days changed. */
export async function savePlays(trx: Executor, plays: Iterable<Plays>): Promise<void> {
  const groups = Map.groupBy(plays, ({ appId, span, startsAt }) => `${appId} ${span} ${startsAt}`);
  for (const [, group] of groups) {
    const [{ appId, span, startsAt }] = group as [Plays];
    for (let at = 0; at < group.length; at += ROWS_AT_ONCE) {
      await addPlays(trx, group.slice(at, at + ROWS_AT_ONCE));
    }
    if (span === DAY) await noteChange(trx, appId, startsAt);
  }
}

/** All of one application and span. */
async function addPlays(trx: Executor, group: readonly Plays[]): Promise<void> {
  const [{ appId, span, startsAt }] = group as [Plays];
  const visitors = span === DAY ? await visitorsBefore(trx, group) : new Map<string, string>();
  const values = group.map((one) => ({
    app_id: appId,
    span,
    starts_at: startsAt,
    video_id: one.videoId,
    host: one.host,
    bytes: one.bytes,
    plays: one.plays,
    mobile_plays: one.mobilePlays,
    visitors: merged(visitors.get(`${one.videoId} ${one.host}`), one.visitors),
  }));
  await tables(trx)
    .insertInto('stats_plays')
    .values(values)
    .onConflict((conflict) =>
      conflict.columns(['app_id', 'span', 'starts_at', 'video_id', 'host']).doUpdateSet(({ eb, ref }) => ({
        bytes: eb('stats_plays.bytes', '+', ref('excluded.bytes')),
        plays: eb('stats_plays.plays', '+', ref('excluded.plays')),
        mobile_plays: eb('stats_plays.mobile_plays', '+', ref('excluded.mobile_plays')),
        visitors: ref('excluded.visitors'),
      })),
    )
    .execute();
}

async function visitorsBefore(trx: Executor, group: readonly Plays[]): Promise<Map<string, string>> {
  const [{ appId, span, startsAt }] = group as [Plays];
  const ids = [...new Set(group.map(({ videoId }) => videoId))];
  const rows = await tables(trx)
    .selectFrom('stats_plays')
    .select(['video_id', 'host', 'visitors'])
    .where('app_id', '=', appId)
    .where('span', '=', span)
    .where('starts_at', '=', startsAt)
    .where('video_id', 'in', ids)
    .execute();
  return new Map(rows.map(({ video_id, host, visitors }) => [`${video_id} ${host}`, visitors]));
}

function merged(before: string | undefined, more: Visitors | null): string {
  if (!more) return '';
  if (before === undefined) return String(more);
  const all = Visitors.of(before);
  all.merge(more);
  return String(all);
}

async function noteChange(trx: Executor, appId: string, startsAt: number): Promise<void> {
  await tables(trx)
    .insertInto('stats_days')
    .values({ app_id: appId, starts_at: startsAt, revision: 1, filed_revision: 0 })
    .onConflict((conflict) =>
      conflict
        .columns(['app_id', 'starts_at'])
        .doUpdateSet(({ eb }) => ({ revision: eb('stats_days.revision', '+', 1) })),
    )
    .execute();
}
