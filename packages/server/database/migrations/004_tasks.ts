import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('task_flows')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('app_id', 'text', (column) => column.notNull())
    .addColumn('video_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('notify_mode', 'text', (column) => column.notNull())
    .addColumn('priority', 'integer', (column) => column.notNull())
    .addColumn('options', 'text', (column) => column.notNull())
    .addColumn('sub_tasks', 'text', (column) => column.notNull())
    .addColumn('error_code', 'integer', (column) => column.notNull())
    .addColumn('message', 'text', (column) => column.notNull())
    .addColumn('log', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('started_at', 'bigint')
    .addColumn('changed_at', 'bigint', (column) => column.notNull())
    .addColumn('finished_at', 'bigint')
    .addColumn('run_after', 'bigint', (column) => column.notNull())
    .addColumn('attempt', 'integer', (column) => column.notNull())
    .addColumn('faults', 'integer', (column) => column.notNull())
    .addColumn('run', 'integer', (column) => column.notNull())
    .addColumn('revision', 'integer', (column) => column.notNull())
    .addColumn('lease_token', 'text')
    .addColumn('lease_until', 'bigint')
    .execute();
  // What to start next; also finds those that are being processed.
  await db.schema
    .createIndex('task_flows_next')
    .on('task_flows')
    .columns(['status', 'priority desc', 'created_at'])
    .execute();
  await db.schema
    .createIndex('task_flows_listed')
    .on('task_flows')
    .columns(['app_id', 'status', 'created_at', 'id'])
    .execute();
  await db.schema.createIndex('task_flows_video').on('task_flows').columns(['app_id', 'video_id']).execute();
  await db.schema.createIndex('task_flows_finished').on('task_flows').column('finished_at').execute();
}
