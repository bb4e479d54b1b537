import type { Executor } from '../../database/index.ts';
import { DAY, HOUR, type Period, SLOT, startOf } from '../spans.ts';
import { tables } from '../tables.ts';
import type { HostSeries, HostTotal, Measure } from '../types.ts';
import { Visitors } from '../visitors.ts';
import { hostsOf } from './hosts.ts';

/** What is read of one span of one domain; `visitors` only where they are asked for. */
interface Row {
  host: string;
  starts_at: number;
  bytes: number;
  requests: number;
  hits: number;
  peak_bytes: number;
  visitors: string;
}

/** One figure for each domain in a period of whole days, from the roll-up by day. */
export async function trafficTotals(
  db: Executor,
  appId: string,
  { hosts, period, measure, ours }: TrafficAsk,
): Promise<HostTotal[]> {
  const wanted = await hostsOf(db, appId, hosts, ours);
  const rows = await read(db, appId, DAY, wanted, period, measure);
  const byHost = Map.groupBy(rows, ({ host }) => host);
  return wanted.map((host) => ({ host, value: figureOf(byHost.get(host) ?? [], measure) }));
}

/** A figure for each span of a period that has begun by `now`, from the coarsest roll-up that it is a multiple of. */
export async function trafficSeries(
  db: Executor,
  appId: string,
  { hosts, period, measure, ours }: TrafficAsk,
  span: number,
  now: number,
): Promise<HostSeries[]> {
  const wanted = await hostsOf(db, appId, hosts, ours);
  const source = [DAY, HOUR, SLOT].find((one) => span % one === 0) ?? SLOT;
  const rows = await read(db, appId, source, wanted, period, measure);
  const groups = Map.groupBy(rows, (row) => `${row.host} ${startOf(span, row.starts_at)}`);
  const starts: number[] = [];
  for (let at = period.from; at < Math.min(period.until, now); at += span) starts.push(at);
  return wanted.map((host) => ({
    host,
    points: starts.map((startsAt) => ({
      startsAt,
      value: figureOf(groups.get(`${host} ${startsAt}`) ?? [], measure),
    })),
  }));
}

export interface TrafficAsk {
  /** All of the application when empty. */
  hosts: readonly string[];
  period: Period;
  measure: Measure;
  /** Domains that every application has. */
  ours: ReadonlySet<string>;
}

async function read(
  db: Executor,
  appId: string,
  span: number,
  hosts: readonly string[],
  { from, until }: Period,
  measure: Measure,
): Promise<Row[]> {
  if (hosts.length === 0) return [];
  const rows = await tables(db)
    .selectFrom('stats_traffic')
    .select(['host', 'starts_at', 'bytes', 'requests', 'hits', 'peak_bytes'])
    .$if(measure === 'visitors', (query) => query.select('visitors'))
    .where('app_id', '=', appId)
    .where('span', '=', span)
    .where('host', 'in', hosts)
    .where('starts_at', '>=', from)
    .where('starts_at', '<', until)
    .execute();
  return rows.map((row) => ({ ...row, visitors: row.visitors ?? '' }));
}

/** One figure of several spans together. */
function figureOf(rows: readonly Row[], measure: Measure): number {
  const sum = (of: 'bytes' | 'requests' | 'hits') => rows.reduce((total, row) => total + row[of], 0);
  switch (measure) {
    case 'bytes':
    case 'requests':
      return sum(measure);
    case 'bandwidth':
      return bandwidthOf(rows.reduce((most, row) => Math.max(most, row.peak_bytes), 0));
    case 'hits':
      return Math.round((sum('hits') / Math.max(1, sum('requests'))) * 10_000);
    case 'visitors':
      return visitorsOf(rows);
  }
}

/** bit/s, of what was delivered in five minutes. */
export function bandwidthOf(bytes: number): number {
  return Math.round((bytes * 8) / (SLOT / 1000));
}

function visitorsOf(rows: readonly Row[]): number {
  const all = new Visitors();
  for (const { visitors } of rows) all.merge(Visitors.of(visitors));
  return all.count;
}
