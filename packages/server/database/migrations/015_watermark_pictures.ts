import { type Kysely, sql } from 'kysely';
import { dialectOf } from '../executor.ts';

/** Pictures for watermarks, from the moment when an application was given an address to send one to. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const text = dialectOf(db) === 'postgres' ? sql`text collate "C"` : sql`text`;
  await db.schema
    .createTable('watermark_pictures')
    .addColumn('app_id', text, (column) => column.notNull())
    .addColumn('id', text, (column) => column.notNull())
    .addColumn('extension', 'text', (column) => column.notNull())
    .addColumn('sign_sha256', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .addColumn('content_sha256', 'text')
    .addColumn('unused_since', 'bigint')
    .addPrimaryKeyConstraint('watermark_pictures_key', ['app_id', 'id'])
    .execute();
}
