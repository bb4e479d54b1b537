import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('applications')
    .addColumn('app_id', 'text', (column) => column.primaryKey())
    .addColumn('account_id', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('api_keys')
    .addColumn('account_id', 'text', (column) => column.notNull().references('applications.app_id'))
    .addColumn('slot', 'integer', (column) => column.notNull())
    .addColumn('secret_id', 'text', (column) => column.notNull().unique())
    .addColumn('secret_key', 'text', (column) => column.notNull())
    .addColumn('disabled', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('api_keys_pk', ['account_id', 'slot'])
    .execute();
}
