import type { Kysely } from 'kysely';

/** Uploads may ask for pictures, and the service takes some by itself. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('upload_sessions')
    .addColumn('snapshots', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  await db.schema
    .alterTable('task_flows')
    .addColumn('unasked', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
}
