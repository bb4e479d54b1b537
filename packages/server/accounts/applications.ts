import type { Executor } from '../database/index.ts';
import { tables } from './tables.ts';
import type { Application } from './types.ts';

/** In the order of their making; an account's main application comes before its sub-applications. */
export async function selectApplications(db: Executor, accountId?: string): Promise<Application[]> {
  let query = tables(db).selectFrom('applications').selectAll().orderBy('created_at').orderBy('app_id');
  if (accountId !== undefined) query = query.where('account_id', '=', accountId);
  const rows = await query.execute();
  return rows.map((row) => ({
    appId: row.app_id,
    accountId: row.account_id,
    name: row.name,
    createdAt: row.created_at,
  }));
}

/** Resolves to false when the app id is taken. */
export async function insertApplication(trx: Executor, application: Application): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tables(trx)
    .insertInto('applications')
    .values({
      app_id: application.appId,
      account_id: application.accountId,
      name: application.name,
      created_at: application.createdAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}
