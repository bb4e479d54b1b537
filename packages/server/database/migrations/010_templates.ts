import { type Kysely, sql } from 'kysely';
import { dialectOf } from '../executor.ts';

/** Templates that applications make for themselves, of all kinds in one table. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const text = dialectOf(db) === 'postgres' ? sql`text collate "C"` : sql`text`;
  await db.schema
    .createTable('templates')
    .addColumn('app_id', text, (column) => column.notNull())
    .addColumn('kind', text, (column) => column.notNull())
    .addColumn('id', 'bigint', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('description', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('templates_key', ['app_id', 'kind', 'id'])
    .execute();
  await db.schema
    .createTable('template_ids')
    .addColumn('app_id', text, (column) => column.notNull())
    .addColumn('kind', text, (column) => column.notNull())
    .addColumn('last_id', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('template_ids_key', ['app_id', 'kind'])
    .execute();
}
