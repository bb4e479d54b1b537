import { type Kysely, sql } from 'kysely';
import { dialectOf } from '../executor.ts';

/**
 * Renditions become outputs, keyed by what they are; the key of an object is taken apart into the run that made it and the
 * name that its address has from now on. Objects stay where they are.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const postgres = dialectOf(db) === 'postgres';
  const text = postgres ? sql`text collate "C"` : sql`text`;
  await db.schema
    .createTable('outputs')
    .addColumn('video_id', text, (column) => column.notNull())
    .addColumn('app_id', text, (column) => column.notNull())
    .addColumn('kind', text, (column) => column.notNull())
    .addColumn('definition', 'integer', (column) => column.notNull())
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('run', 'text', (column) => column.notNull())
    .addColumn('container', 'text', (column) => column.notNull())
    .addColumn('bitrate', 'bigint', (column) => column.notNull())
    .addColumn('video_bitrate', 'bigint', (column) => column.notNull())
    .addColumn('width', 'integer', (column) => column.notNull())
    .addColumn('height', 'integer', (column) => column.notNull())
    .addColumn('size', 'bigint', (column) => column.notNull())
    .addColumn('total_size', 'bigint', (column) => column.notNull())
    .addColumn('duration_ms', 'bigint', (column) => column.notNull())
    .addColumn('md5', 'text', (column) => column.notNull())
    .addColumn('info', 'text')
    .addColumn('details', 'text')
    .addPrimaryKeyConstraint('outputs_key', ['video_id', 'kind', 'definition', 'number'])
    .execute();
  await copyRenditions(db, postgres);
  await db.schema.dropTable('renditions').execute();
  // All that a list of what plays shows, side by side: it is asked for more often than everything else.
  await db.schema
    .createIndex('outputs_for_playback')
    .on('outputs')
    .columns(['video_id', 'app_id', 'kind', 'definition', 'name', 'video_bitrate', 'height', 'width'])
    .execute();
  await db.schema
    .createTable('retired_runs')
    .addColumn('app_id', text, (column) => column.notNull())
    .addColumn('video_id', text, (column) => column.notNull())
    .addColumn('run', 'text', (column) => column.notNull())
    .addColumn('due_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('retired_runs_key', ['video_id', 'run'])
    .execute();
  await db.schema.createIndex('retired_runs_by_due').on('retired_runs').column('due_at').execute();
}

async function copyRenditions(db: Kysely<unknown>, postgres: boolean): Promise<void> {
  const position = (of: string) => sql`${sql.raw(postgres ? 'strpos' : 'instr')}(${sql.raw(of)}, '/')`;
  await sql`
    insert into outputs (video_id, app_id, kind, definition, number, name, run, container, bitrate, video_bitrate, width,
      height, size, total_size, duration_ms, md5, info, details)
    select video_id, app_id,
      case definition when 0 then 'source' when 10000 then 'masterPlaylist' else 'transcode' end,
      case definition when 10000 then 0 else definition end,
      0,
      substr(path, ${position('path')} + 1),
      case ${position('path')} when 0 then '' else substr(path, 1, ${position('path')} - 1) end,
      case container when 'hls,applehttp' then 'hls' else container end,
      bitrate, video_bitrate, width, height, size, total_size, duration_ms, md5,
      replace(info, '"container":"hls,applehttp"', '"container":"hls"'),
      null
    from (
      select renditions.*, substr(object_key, length('vod' || app_id || '/' || video_id || '/') + 1) as path from renditions
    ) as located`.execute(db);
}
