import type { Kysely } from 'kysely';

/** An upload knows who sends it: the application's server, or a device that it gave a permission to. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('upload_sessions')
    .addColumn('source_type', 'text', (column) => column.notNull().defaultTo('ServerUpload'))
    .execute();
}
