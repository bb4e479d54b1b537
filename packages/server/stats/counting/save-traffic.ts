import type { Executor } from '../../database/index.ts';
import { DAY, HOUR, SLOT, startOf } from '../spans.ts';
import { tables } from '../tables.ts';
import { Visitors } from '../visitors.ts';
import type { RegionTraffic, Traffic } from './host-tally.ts';
import { ROWS_AT_ONCE } from './rows-at-once.ts';

/**
 * Adds traffic to its five minutes, hours and days. Rows are read, added to and written: in a transaction that nobody else
 * counts beside (`save.ts`).
 */
export async function saveTraffic(trx: Executor, traffic: Iterable<Traffic>): Promise<void> {
  const slots = [...traffic].map((one) => ({ ...one, peakBytes: 0 }));
  const saved = await addTo(trx, SLOT, slots);
  // What a slot has now, with what others added before, is what an hour and a day may have as their busiest.
  for (const [index, slot] of slots.entries()) slot.peakBytes = saved[index]!;
  for (const span of [HOUR, DAY]) await addTo(trx, span, slots);
}

type Counted = Traffic & { peakBytes: number };

/** Resolves to the bytes that each row has now, in the order of `counted`. */
async function addTo(trx: Executor, span: number, counted: readonly Counted[]): Promise<number[]> {
  const keyOf = (appId: string, host: string, startsAt: number) => `${appId} ${host} ${startsAt}`;
  const keys = counted.map((one) => keyOf(one.appId, one.host, startOf(span, one.startsAt)));
  const rows = new Map<string, Counted>();
  for (const [, group] of Map.groupBy(counted, ({ appId, host }) => `${appId} ${host}`)) {
    const [{ appId, host }] = group as [Counted];
    const starts = [...new Set(group.map(({ startsAt }) => startOf(span, startsAt)))];
    const found = await tables(trx)
      .selectFrom('stats_traffic')
      .selectAll()
      .where('app_id', '=', appId)
      .where('span', '=', span)
      .where('host', '=', host)
      .where('starts_at', 'in', starts)
      .execute();
    for (const row of found) {
      const { starts_at: startsAt, bytes, requests, hits, peak_bytes: peakBytes } = row;
      const visitors = Visitors.of(row.visitors);
      rows.set(keyOf(appId, host, startsAt), {
        ...{ appId, host, startsAt, bytes, requests, hits, peakBytes, visitors },
      });
    }
  }
  for (const [index, one] of counted.entries()) {
    const row = rows.get(keys[index]!);
    if (!row) {
      const visitors = new Visitors();
      visitors.merge(one.visitors);
      rows.set(keys[index]!, { ...one, startsAt: startOf(span, one.startsAt), visitors });
      continue;
    }
    row.bytes += one.bytes;
    row.requests += one.requests;
    row.hits += one.hits;
    row.visitors.merge(one.visitors);
    row.peakBytes = Math.max(row.peakBytes, one.peakBytes);
  }
  await write(trx, span, [...rows.values()]);
  return keys.map((key) => rows.get(key)!.bytes);
}

async function write(trx: Executor, span: number, rows: readonly Counted[]): Promise<void> {
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
    const values = rows.slice(at, at + ROWS_AT_ONCE).map((row) => ({
      app_id: row.appId,
      span,
      host: row.host,
      starts_at: row.startsAt,
      bytes: row.bytes,
      requests: row.requests,
      hits: row.hits,
      peak_bytes: span === SLOT ? row.bytes : row.peakBytes,
      visitors: String(row.visitors),
    }));
    await tables(trx)
      .insertInto('stats_traffic')
      .values(values)
      .onConflict((conflict) =>
        conflict.columns(['app_id', 'span', 'host', 'starts_at']).doUpdateSet(({ ref }) => ({
          bytes: ref('excluded.bytes'),
          requests: ref('excluded.requests'),
          hits: ref('excluded.hits'),
          peak_bytes: ref('excluded.peak_bytes'),
          visitors: ref('excluded.visitors'),
        })),
      )
      .execute();
  }
}

/** Adds traffic by region and carrier. */
export async function saveRegions(trx: Executor, regions: Iterable<RegionTraffic>): Promise<void> {
  const rows = [...regions];
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
    const values = rows.slice(at, at + ROWS_AT_ONCE).map((row) => ({
      app_id: row.appId,
      host: row.host,
      starts_at: row.startsAt,
      region: row.region,
      carrier: row.carrier,
      bytes: row.bytes,
      requests: row.requests,
    }));
    await tables(trx)
      .insertInto('stats_regions')
      .values(values)
      .onConflict((conflict) =>
        conflict.columns(['app_id', 'host', 'starts_at', 'region', 'carrier']).doUpdateSet(({ eb, ref }) => ({
          bytes: eb('stats_regions.bytes', '+', ref('excluded.bytes')),
          requests: eb('stats_regions.requests', '+', ref('excluded.requests')),
        })),
      )
      .execute();
  }
}
