import { type Kysely, sql } from 'kysely';

/**
 * The outbox keeps what happened instead of the text that is sent. What 0.1 wrote stays that text, under the type
 * `v2.envelope`, and keeps its place.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('events').renameColumn('app_id', 'queue').execute();
  await db.schema.alterTable('events').renameColumn('content', 'payload').execute();
  await db.schema
    .alterTable('events')
    .addColumn('type', 'text', (column) => column.notNull().defaultTo('v2.envelope'))
    .execute();
  await db.schema.alterTable('events').addColumn('notify_url', 'text').execute();
  await db.schema.alterTable('events').addColumn('fault', 'text').execute();
  // Every reader asks for one queue.
  await db.schema.dropIndex('events_by_visibility').execute();
  await db.schema.dropIndex('events_by_app').execute();
  await db.schema
    .createIndex('events_by_queue')
    .on('events')
    .columns(['queue', 'visible_at', 'id'])
    .execute();
  await db.schema
    .createIndex('events_set_aside')
    .on('events')
    .column('id')
    .where(sql.ref('fault'), 'is not', null)
    .execute();
}
