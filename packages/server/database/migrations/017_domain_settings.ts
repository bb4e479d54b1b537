import type { Kysely } from 'kysely';

/** What holds for one domain of an application in place of its own settings. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('domain_settings')
    .addColumn('app_id', 'text', (column) => column.notNull())
    .addColumn('domain', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .addColumn('changed_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('settings_of_domain', ['app_id', 'domain', 'name'])
    .execute();
}
