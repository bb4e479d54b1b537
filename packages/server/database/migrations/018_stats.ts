import { type Kysely, sql } from 'kysely';
import { dialectOf } from '../executor.ts';

/** What the access log and the tasks add up to, rolled up as it comes in; and how far each access log has been counted. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const text = dialectOf(db) === 'postgres' ? sql`text collate "C"` : sql`text`;
  await db.schema
    .createTable('stats_positions')
    .addColumn('node', text, (column) => column.notNull())
    .addColumn('file', text, (column) => column.notNull())
    .addColumn('bytes', 'bigint', (column) => column.notNull())
    .addColumn('filed', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('stats_positions_key', ['node', 'file'])
    .execute();
  await db.schema
    .createTable('stats_hosts')
    .addColumn('app_id', text, (column) => column.notNull())
    .addColumn('host', text, (column) => column.notNull())
    .addColumn('first_at', 'bigint', (column) => column.notNull())
    .addColumn('last_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('stats_hosts_key', ['app_id', 'host'])
    .execute();
  await db.schema
    .createTable('stats_traffic')
    .addColumn('app_id', text, (column) => column.notNull())
    .addColumn('span', 'bigint', (column) => column.notNull())
    .addColumn('host', text, (column) => column.notNull())
    .addColumn('starts_at', 'bigint', (column) => column.notNull())
    .addColumn('bytes', 'bigint', (column) => column.notNull())
    .addColumn('requests', 'bigint', (column) => column.notNull())
    .addColumn('hits', 'bigint', (column) => column.notNull())
    .addColumn('peak_bytes', 'bigint', (column) => column.notNull())
    .addColumn('visitors', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('stats_traffic_key', ['app_id', 'span', 'host', 'starts_at'])
    .execute();
  await db.schema.createIndex('stats_traffic_age').on('stats_traffic').column('starts_at').execute();
  await db.schema
    .createTable('stats_regions')
    .addColumn('app_id', text, (column) => column.notNull())
    .addColumn('host', text, (column) => column.notNull())
    .addColumn('starts_at', 'bigint', (column) => column.notNull())
    .addColumn('region', text, (column) => column.notNull())
    .addColumn('carrier', text, (column) => column.notNull())
    .addColumn('bytes', 'bigint', (column) => column.notNull())
    .addColumn('requests', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('stats_regions_key', ['app_id', 'host', 'starts_at', 'region', 'carrier'])
    .execute();
  await db.schema.createIndex('stats_regions_age').on('stats_regions').column('starts_at').execute();
  await db.schema
    .createTable('stats_plays')
    .addColumn('app_id', text, (column) => column.notNull())
    .addColumn('span', 'bigint', (column) => column.notNull())
    .addColumn('starts_at', 'bigint', (column) => column.notNull())
    .addColumn('video_id', text, (column) => column.notNull())
    .addColumn('host', text, (column) => column.notNull())
    .addColumn('bytes', 'bigint', (column) => column.notNull())
    .addColumn('plays', 'bigint', (column) => column.notNull())
    .addColumn('mobile_plays', 'bigint', (column) => column.notNull())
    .addColumn('visitors', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('stats_plays_key', ['app_id', 'span', 'starts_at', 'video_id', 'host'])
    .execute();
  await db.schema.createIndex('stats_plays_age').on('stats_plays').column('starts_at').execute();
  await db.schema
    .createTable('stats_days')
    .addColumn('app_id', text, (column) => column.notNull())
    .addColumn('starts_at', 'bigint', (column) => column.notNull())
    .addColumn('revision', 'bigint', (column) => column.notNull())
    .addColumn('filed_revision', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('stats_days_key', ['app_id', 'starts_at'])
    .execute();
  await db.schema
    .createTable('stats_files')
    .addColumn('object_key', text, (column) => column.notNull())
    .addColumn('app_id', text, (column) => column.notNull())
    .addColumn('kind', text, (column) => column.notNull())
    .addColumn('host', text, (column) => column.notNull())
    .addColumn('starts_at', 'bigint', (column) => column.notNull())
    .addColumn('size', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('stats_files_key', ['object_key'])
    .execute();
  await db.schema
    .createIndex('stats_files_listed')
    .on('stats_files')
    .columns(['app_id', 'kind', 'starts_at'])
    .execute();
  await db.schema
    .createTable('stats_transcodes')
    .addColumn('app_id', text, (column) => column.notNull())
    .addColumn('starts_at', 'bigint', (column) => column.notNull())
    .addColumn('format', text, (column) => column.notNull())
    .addColumn('jobs', 'bigint', (column) => column.notNull())
    .addColumn('duration_ms', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('stats_transcodes_key', ['app_id', 'starts_at', 'format'])
    .execute();
  await db.schema
    .createTable('stats_secrets')
    .addColumn('name', text, (column) => column.notNull())
    .addColumn('secret', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('stats_secrets_key', ['name'])
    .execute();
}
