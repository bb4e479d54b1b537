import type { Database } from '../database/index.ts';
import type { ObjectStore } from '../storage/index.ts';
import { DAY, KEPT } from './spans.ts';
import { tables } from './tables.ts';

/** Forgets what is older than is kept (`spans.ts`), a day of rows at a time, and the files in the store. Any node may do it. */
export async function forgetOld(database: Database, store: ObjectStore, now: number): Promise<void> {
  const { db } = database;
  for (const [table, kept] of [
    ['stats_traffic', KEPT.traffic],
    ['stats_regions', KEPT.regions],
    ['stats_plays', KEPT.plays],
    ['stats_days', KEPT.plays],
    ['stats_transcodes', KEPT.transcodes],
  ] as const) {
    for (;;) {
      const oldest = await tables(db)
        .selectFrom(table)
        .select((eb) => eb.fn.min('starts_at').as('at'))
        .executeTakeFirst();
      const at = oldest?.at;
      if (at === null || at === undefined || at >= now - kept) break;
      const until = Math.min(at + DAY, now - kept);
      await tables(db).deleteFrom(table).where('starts_at', '<', until).execute();
    }
  }
  await tables(db)
    .deleteFrom('stats_hosts')
    .where('last_at', '<', now - KEPT.traffic)
    .execute();
  await forgetFiles(database, store, now);
}

async function forgetFiles({ db }: Database, store: ObjectStore, now: number): Promise<void> {
  const oldest = now - KEPT.files;
  for (;;) {
    const files = await tables(db)
      .selectFrom('stats_files')
      .select('object_key')
      .where('starts_at', '<', oldest - DAY)
      .limit(100)
      .execute();
    for (const { object_key: key } of files) {
      // First the object: a row without one is looked at again, an object without a row never.
      await store.delete(key);
      await tables(db).deleteFrom('stats_files').where('object_key', '=', key).execute();
    }
    if (files.length < 100) break;
  }
  // The access log keeps its files for 30 days; names begin with the hour, in digits.
  const oldestHour = new Date(oldest - 2 * DAY).toISOString().replace(/\D/g, '').slice(0, 10);
  await tables(db).deleteFrom('stats_positions').where('file', '<', oldestHour).execute();
}
