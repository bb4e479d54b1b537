import type { Executor } from '../../database/index.ts';
import type { Period } from '../spans.ts';
import { tables } from '../tables.ts';
import type { PlaceSeries } from '../types.ts';
import { hostsOf } from './hosts.ts';
import { bandwidthOf } from './traffic.ts';

export interface PlacesAsk {
  /** All of the application when empty, as regions and carriers. */
  hosts: readonly string[];
  regions: readonly string[];
  carriers: readonly string[];
  period: Period;
  measure: 'bytes' | 'bandwidth' | 'requests';
  /** Domains that every application has. */
  ours: ReadonlySet<string>;
}

/** Five minutes by domain, region and carrier; what had no request is left out. */
export async function trafficByPlace(
  db: Executor,
  appId: string,
  ask: PlacesAsk,
): Promise<{ host: string; places: PlaceSeries[] }[]> {
  const { regions, carriers, period, measure, ours } = ask;
  const hosts = await hostsOf(db, appId, ask.hosts, ours);
  if (hosts.length === 0) return [];
  const rows = await tables(db)
    .selectFrom('stats_regions')
    .select(['host', 'starts_at', 'region', 'carrier', 'bytes', 'requests'])
    .where('app_id', '=', appId)
    .where('host', 'in', hosts)
    .where('starts_at', '>=', period.from)
    .where('starts_at', '<', period.until)
    .$if(regions.length > 0, (query) => query.where('region', 'in', regions))
    .$if(carriers.length > 0, (query) => query.where('carrier', 'in', carriers))
    .orderBy('region')
    .orderBy('carrier')
    .orderBy('starts_at')
    .execute();
  const value = (row: { bytes: number; requests: number }) => {
    if (measure === 'bandwidth') return bandwidthOf(row.bytes);
    return measure === 'bytes' ? row.bytes : row.requests;
  };
  const byHost = Map.groupBy(rows, ({ host }) => host);
  return hosts.map((host) => {
    const places = Map.groupBy(byHost.get(host) ?? [], ({ region, carrier }) => `${region}\n${carrier}`);
    return {
      host,
      places: [...places.values()].map((group) => {
        const [{ region, carrier }] = group as [(typeof group)[number]];
        return {
          region,
          carrier,
          points: group.map((row) => ({ startsAt: row.starts_at, value: value(row) })),
        };
      }),
    };
  });
}
