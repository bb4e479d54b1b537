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
    switchedOff: row.switched_off === 1,
  }));
}

/** Resolves to false when the app id is taken. */
export async function insertApplication(
  trx: Executor,
  application: Omit<Application, 'switchedOff'>,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tables(trx)
    .insertInto('applications')
    .values({
      app_id: application.appId,
      account_id: application.accountId,
      name: application.name,
      created_at: application.createdAt,
      switched_off: 0,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/**
 * Renames a sub-application, or switches it. Throws an Error when there is none of that id: a main application is the
 * account itself.
 */
export async function updateSubApplication(
  db: Executor,
  appId: string,
  { name, switchedOff }: Partial<Pick<Application, 'name' | 'switchedOff'>>,
): Promise<void> {
  const { numUpdatedRows } = await tables(db)
    .updateTable('applications')
    .set({
      ...(name !== undefined && { name }),
      ...(switchedOff !== undefined && { switched_off: switchedOff ? 1 : 0 }),
    })
    .where('app_id', '=', appId)
    .whereRef('account_id', '<>', 'app_id')
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new Error(`there is no sub-application ${appId}`);
}

/** The successor API's limit (docs/wire/calls.md, Sub-applications), in characters. */
const NAME_CHARACTERS = 40;

/** A name as it is kept. Throws an Error that says what would be right. */
export function checkedName(name: string): string {
  const trimmed = name.trim();
  const characters = [...trimmed].length;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a name is one line of a list
  if (characters === 0 || characters > NAME_CHARACTERS || /[\u0000-\u001f\u007f]/.test(trimmed)) {
    throw new Error(`the name of an application has 1 to ${NAME_CHARACTERS} characters, on one line`);
  }
  return trimmed;
}
