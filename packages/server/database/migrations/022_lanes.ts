import { type Kysely, sql } from 'kysely';

/** Pulls wait for a network and take no place of what uses a processor; what is next is asked for each of the two. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('task_flows')
    .addColumn('lane', 'text', (column) => column.notNull().defaultTo('work'))
    .execute();
  await sql`update task_flows set lane = 'transfer' where kind = 'pull'`.execute(db);
  await db.schema.dropIndex('task_flows_next').execute();
  await db.schema
    .createIndex('task_flows_next')
    .on('task_flows')
    .columns(['status', 'lane', 'priority desc', 'created_at'])
    .execute();
}
