import { type Kysely, sql } from 'kysely';

/**
 * A key belongs to an application: that of a main application acts in all applications of its account, that of a
 * sub-application in this one only. What files of an application take together is kept, so that a quota need not add it up.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('api_keys').renameColumn('account_id', 'app_id').execute();
  await db.schema.alterTable('api_keys').addColumn('last_used_at', 'bigint').execute();
  await db.schema
    .alterTable('applications')
    .addColumn('switched_off', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  await db.schema
    .createTable('stored_bytes')
    .addColumn('app_id', 'text', (column) => column.primaryKey())
    .addColumn('bytes', 'bigint', (column) => column.notNull())
    .execute();
  await sql`
    insert into stored_bytes (app_id, bytes)
    select app_id, cast(sum(total_size) as bigint) from outputs group by app_id`.execute(db);
  await db.schema
    .createIndex('upload_sessions_unfinished')
    .on('upload_sessions')
    .columns(['app_id', 'size'])
    .where(sql<boolean>`status in ('open', 'sealed')`)
    .execute();
}
