import type { Kysely } from 'kysely';

/** How many flows of an application ended within three days is counted in an index, without their rows. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex('task_flows_ended')
    .on('task_flows')
    .columns(['app_id', 'status', 'finished_at'])
    .execute();
}
