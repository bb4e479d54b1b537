import type { Executor } from '../../database/index.ts';
import type { Period } from '../spans.ts';
import { tables } from '../tables.ts';
import type { StatsFile } from '../types.ts';
import type { FileId, Links } from './links.ts';

/** Files of a period, oldest first, with addresses that are good for 24 hours. `hosts`: of these domains, of all when empty. */
export async function listFiles(
  db: Executor,
  links: Links,
  { appId, kind }: Pick<FileId, 'appId' | 'kind'>,
  { from, until }: Period,
  hosts: readonly string[],
  now: number,
): Promise<StatsFile[]> {
  const rows = await tables(db)
    .selectFrom('stats_files')
    .select(['object_key', 'host', 'starts_at', 'size'])
    .where('app_id', '=', appId)
    .where('kind', '=', kind)
    .where('starts_at', '>=', from)
    .where('starts_at', '<', until)
    .$if(hosts.length > 0, (query) => query.where('host', 'in', hosts))
    .orderBy('starts_at')
    .orderBy('object_key')
    .execute();
  return Promise.all(
    rows.map(async ({ object_key, host, starts_at: startsAt, size }) => {
      const name = object_key.slice(object_key.lastIndexOf('/') + 1);
      return { name, host, startsAt, size, url: await links.of({ appId, kind, name }, now) };
    }),
  );
}
