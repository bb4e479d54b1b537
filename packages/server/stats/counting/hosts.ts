import type { Executor } from '../../database/index.ts';
import { tables } from '../tables.ts';
import type { SeenHost } from './host-tally.ts';
import { OTHER_HOST } from './tally.ts';

/** Domains that are told apart in an application; what is delivered under more of them counts as `other`. */
const MAX_HOSTS = 64;

/** Under which name a domain of an application is counted. */
export type HostNames = (appId: string, host: string) => string;

/**
 * Notes the domains that something was delivered under, and says how each is counted: a name that nothing was ever delivered
 * under is none of the application's, as everybody may write one into a request.
 * @param ours domains that are always told apart
 */
export async function noteHosts(
  trx: Executor,
  seen: Iterable<SeenHost>,
  ours: ReadonlySet<string>,
): Promise<HostNames> {
  const byApp = Map.groupBy(seen, ({ appId }) => appId);
  // bounded by: the lines of a tally
  const named = new Set<string>();
  for (const [appId, hosts] of byApp) {
    const known = await knownHosts(trx, appId);
    // bounded by: the lines of a tally
    const days = new Map<string, number>();
    for (const { host, isServed, day } of hosts) {
      const mayBeNew = ours.has(host) || (isServed && known.size < MAX_HOSTS);
      const name = known.has(host) || mayBeNew ? host : OTHER_HOST;
      if (name === host) named.add(`${appId} ${host}`);
      if (!known.has(name)) known.set(name, Number.NEGATIVE_INFINITY);
      days.set(name, Math.max(day, days.get(name) ?? day));
    }
    for (const [host, day] of days) if (day > known.get(host)!) await noteDay(trx, appId, host, day);
  }
  return (appId, host) => (named.has(`${appId} ${host}`) ? host : OTHER_HOST);
}

async function noteDay(trx: Executor, appId: string, host: string, day: number): Promise<void> {
  await tables(trx)
    .insertInto('stats_hosts')
    .values({ app_id: appId, host, first_at: day, last_at: day })
    .onConflict((conflict) => conflict.columns(['app_id', 'host']).doUpdateSet({ last_at: day }))
    .execute();
}

async function knownHosts(trx: Executor, appId: string): Promise<Map<string, number>> {
  const rows = await tables(trx)
    .selectFrom('stats_hosts')
    .select(['host', 'last_at'])
    .where('app_id', '=', appId)
    .execute();
  return new Map(rows.map(({ host, last_at }) => [host, last_at]));
}
