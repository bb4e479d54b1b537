import type { Kysely } from 'kysely';

/** An upload keeps where what comes of it is to be told, beside the application's own way. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('upload_sessions')
    .addColumn('notify_url', 'text', (column) => column.notNull().defaultTo(''))
    .execute();
}
