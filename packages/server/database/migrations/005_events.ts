import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('events')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('app_id', 'text', (column) => column.notNull())
    .addColumn('content', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('visible_at', 'bigint', (column) => column.notNull())
    .addColumn('deliveries', 'integer', (column) => column.notNull())
    .execute();
  // Pulls ask for one account's, callbacks for everybody's, the sweep for the oldest.
  await db.schema.createIndex('events_by_app').on('events').columns(['app_id', 'visible_at', 'id']).execute();
  await db.schema.createIndex('events_by_visibility').on('events').columns(['visible_at', 'id']).execute();
  await db.schema.createIndex('events_by_age').on('events').column('created_at').execute();
}
