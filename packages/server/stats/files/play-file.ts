import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Database } from '../../database/index.ts';
import type { ObjectStore } from '../../storage/index.ts';
import { DAY, dayText, HOUR } from '../spans.ts';
import { tables } from '../tables.ts';
import { Visitors } from '../visitors.ts';
import { objectKeyOf } from './links.ts';

/** By then every node that runs has counted what it delivered on a day. */
const LATE_MS = 3 * HOUR;
const ROWS_AT_ONCE = 1000;

/** docs/wire/delivery.md, Play statistics file. */
const HEADER = 'date,file_id,ip_count,flux,play_times_total,play_times_pc,play_times_mobile\n';

/**
 * Writes the files of days that are over and have changed since theirs was written: a node that was away counts late. Any node may
 * do it, and several at once write the same.
 */
export async function writePlayFiles(
  database: Database,
  store: ObjectStore,
  now: number,
  onWritten = () => {},
): Promise<void> {
  const { db } = database;
  const days = await tables(db)
    .selectFrom('stats_days')
    .selectAll()
    .whereRef('filed_revision', '<', 'revision')
    .where('starts_at', '<=', now - DAY - LATE_MS)
    .orderBy('starts_at')
    .limit(1000)
    .execute();
  for (const { app_id: appId, starts_at: startsAt, revision } of days) {
    const name = `${dayText(startsAt).replaceAll('-', '')}.csv.gz`;
    const key = objectKeyOf({ appId, kind: 'plays', name });
    // Changes that come meanwhile have a later revision.
    const { size } = await store.put(key, await playFile(database, appId, startsAt), {
      contentType: 'application/gzip',
    });
    await database.transaction(async (trx) => {
      await tables(trx)
        .insertInto('stats_files')
        .values({ object_key: key, app_id: appId, kind: 'plays', host: '', starts_at: startsAt, size })
        .onConflict((conflict) => conflict.column('object_key').doUpdateSet({ size }))
        .execute();
      await tables(trx)
        .updateTable('stats_days')
        .set({ filed_revision: revision })
        .where('app_id', '=', appId)
        .where('starts_at', '=', startsAt)
        .where('filed_revision', '<', revision)
        .execute();
    });
    onWritten();
  }
}

const compress = promisify(gzip);

/** Compressed piece by piece: compressed pieces one after the other are one. */
async function playFile({ db }: Database, appId: string, startsAt: number): Promise<Buffer> {
  const pieces = [await compress(HEADER)];
  let last = '';
  for (;;) {
    const ids = await tables(db)
      .selectFrom('stats_plays')
      .select('video_id')
      .distinct()
      .where('app_id', '=', appId)
      .where('span', '=', DAY)
      .where('starts_at', '=', startsAt)
      .where('video_id', '>', last)
      .orderBy('video_id')
      .limit(ROWS_AT_ONCE)
      .execute();
    const end = ids.at(-1)?.video_id;
    if (end === undefined) return Buffer.concat(pieces);
    const rows = await tables(db)
      .selectFrom('stats_plays')
      .selectAll()
      .where('app_id', '=', appId)
      .where('span', '=', DAY)
      .where('starts_at', '=', startsAt)
      .where('video_id', '>', last)
      .where('video_id', '<=', end)
      .orderBy('video_id')
      .execute();
    const videos = Map.groupBy(rows, ({ video_id }) => video_id);
    const lines = [...videos].map(([videoId, hosts]) => line(dayText(startsAt), videoId, hosts));
    pieces.push(await compress(lines.join('')));
    last = end;
  }
}

/** A video under all domains together. */
function line(
  day: string,
  videoId: string,
  hosts: readonly { bytes: number; plays: number; mobile_plays: number; visitors: string }[],
): string {
  const visitors = new Visitors();
  let [bytes, plays, mobile] = [0, 0, 0];
  for (const row of hosts) {
    bytes += row.bytes;
    plays += row.plays;
    mobile += row.mobile_plays;
    visitors.merge(Visitors.of(row.visitors));
  }
  return `${day},${videoId},${visitors.count},${bytes},${plays},${plays - mobile},${mobile}\n`;
}
