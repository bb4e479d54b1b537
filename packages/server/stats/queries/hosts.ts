import type { Executor } from '../../database/index.ts';
import { tables } from '../tables.ts';
import type { Domain } from '../types.ts';

/** Domains that an application is, or lately was, delivered from, and those that every application has; in alphabetical order. */
export async function domainsOf(db: Executor, appId: string, ours: ReadonlySet<string>): Promise<Domain[]> {
  const rows = await tables(db)
    .selectFrom('stats_hosts')
    .select(['host', 'first_at', 'last_at'])
    .where('app_id', '=', appId)
    .execute();
  const domains = new Map<string, Domain>();
  for (const host of ours) domains.set(host, { host, firstAt: null, lastAt: null });
  for (const { host, first_at: firstAt, last_at: lastAt } of rows)
    domains.set(host, { host, firstAt, lastAt });
  return [...domains.values()].sort((a, b) => (a.host < b.host ? -1 : 1));
}

/** Those that are asked for, each once; all when none is. */
export async function hostsOf(
  db: Executor,
  appId: string,
  asked: readonly string[],
  ours: ReadonlySet<string>,
): Promise<string[]> {
  if (asked.length > 0) return [...new Set(asked.map((host) => host.toLowerCase()))];
  return (await domainsOf(db, appId, ours)).map(({ host }) => host);
}
