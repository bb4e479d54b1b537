import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import { ALL_CLASSES } from '../catalogue/counting/change.ts';
import { SPANS } from '../catalogue/counting/spans.ts';
import { tables } from '../tables.ts';

export interface Bulk {
  appId: string;
  count: number;
  /** ms since the epoch of the first video. */
  from: number;
  /** ms from one video to the next. */
  every: number;
  /** Transcoded definitions of each video, beside its source. */
  definitions: readonly number[];
}

const AT_ONCE = 50_000;
const FIRST_ID = 900_000_000_000_000_000n;

/** Id of the nth video of a bulk, counted from 0. */
export function bulkId(n: number): string {
  return String(FIRST_ID + BigInt(n) * 4_194_304n);
}

/**
 * Many videos, quickly: classes 0 to 9 and all statuses, names `recording 0000000` and so on, in another order than
 * the videos were created. The counts are added up from the rows, by other means than the library's own.
 */
export async function insertManyVideos(database: Database, bulk: Bulk): Promise<void> {
  for (let start = 0; start < bulk.count; start += AT_ONCE) {
    const end = Math.min(start + AT_ONCE, bulk.count);
    await database.transaction(async (trx) => {
      await sql`
        insert into videos (id, app_id, name, description, class_id, status, type, size, duration_ms, sha1, md5,
          source_key, cover_key, created_at, updated_at, expires_at, source_type, source_context, tags, info)
        with recursive numbers (n) as (
          select cast(${start} as bigint) union all select n + 1 from numbers where n + 1 < ${sql.lit(end)}
        ), rows (n, id) as (
          select n, cast(${sql.lit(Number(FIRST_ID))} + n * 4194304 as text) from numbers
        )
        select id, ${bulk.appId}, 'recording ' || substr(cast(10000000 + (n * 7919) % 1000000 as text), 2), '',
          n % 10, case n % 100 when 1 then 'waiting' when 2 then 'transcoding' when 3 then 'transcodeFailed' else 'normal' end,
          'mp4', 1000, 10000, '0123456789abcdef0123456789abcdef' || substr(id, 11, 8), '0123456789abcdef0123456789abcdef',
          'vod' || ${bulk.appId} || '/' || id || '/f0.mp4', null, ${sql.lit(bulk.from)} + n * ${sql.lit(bulk.every)},
          ${sql.lit(bulk.from)} + n * ${sql.lit(bulk.every)}, null, 'ServerUpload', '', '[]', null
        from rows`.execute(tables(trx));
      for (const definition of [0, ...bulk.definitions]) {
        const kind = definition === 0 ? 'source' : 'transcode';
        const name = definition === 0 ? 'f0.mp4' : `f0.f${definition}.mp4`;
        await sql`
          insert into outputs (video_id, app_id, kind, definition, number, name, run, container, bitrate, video_bitrate,
            width, height, size, total_size, duration_ms, md5, info, details)
          select id, app_id, ${kind}, ${sql.lit(definition)}, 0, ${name}, ${definition === 0 ? '' : '0123456789ab-1'},
            'mp4', 1000000, 900000, 1280, 720, 1000, 1000, 10000, '0123456789abcdef0123456789abcdef', null, null
          from videos where app_id = ${bulk.appId} and id >= ${bulkId(start)} and id <= ${bulkId(end - 1)}`.execute(
          tables(trx),
        );
      }
    });
  }
  await sql`
    insert into stored_bytes (app_id, bytes)
    select app_id, cast(sum(total_size) as bigint) from outputs where app_id = ${bulk.appId} group by app_id
    on conflict (app_id) do update set bytes = excluded.bytes`.execute(tables(database.db));
  for (const classId of [sql.lit(ALL_CLASSES), sql.ref('class_id')]) {
    for (const span of SPANS) {
      const startsAt = sql`created_at - created_at % ${sql.lit(span)}`;
      await sql`
        insert into video_counts (app_id, class_id, span, starts_at, status, videos)
        select app_id, ${classId}, ${sql.lit(span)}, ${startsAt}, status, count(*)
        from videos where app_id = ${bulk.appId} group by 1, 2, 4, 5`.execute(tables(database.db));
    }
  }
}

/** Inserts with the indexes away (SQLite): sorting all entries once is much faster than a million single insertions. */
export async function withoutIndexes(database: Database, insert: () => Promise<void>): Promise<void> {
  const db = tables(database.db);
  const { rows } = await sql<{ name: string; sql: string }>`
    select name, sql from sqlite_master
    where type = 'index' and sql is not null and tbl_name in ('videos', 'outputs')`.execute(db);
  for (const { name } of rows) await db.schema.dropIndex(name).execute();
  await insert();
  for (const index of rows) await sql.raw(index.sql).execute(db);
}
