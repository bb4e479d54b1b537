import { type Kysely, sql } from 'kysely';
import { dialectOf } from '../executor.ts';

/** Keys that media is encrypted with, sealed by master keys that are not here: of these only the ids are. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const text = dialectOf(db) === 'postgres' ? sql`text collate "C"` : sql`text`;
  await db.schema
    .createTable('data_keys')
    .addColumn('edk', text, (column) => column.primaryKey().notNull())
    .addColumn('app_id', text, (column) => column.notNull())
    .addColumn('video_id', text, (column) => column.notNull())
    .addColumn('flow_id', text, (column) => column.notNull().unique())
    .addColumn('master_key_id', text, (column) => column.notNull())
    .addColumn('sealed', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createIndex('data_keys_master_key')
    .on('data_keys')
    .columns(['master_key_id', 'edk'])
    .execute();
  await db.schema
    .createTable('master_keys')
    .addColumn('id', text, (column) => column.primaryKey().notNull())
    .addColumn('noted_at', 'bigint', (column) => column.notNull())
    .execute();
}
