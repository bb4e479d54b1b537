import type { Selectable } from 'kysely';
import type { Executor } from '../database/index.ts';
import { newSecretId, newSecretKey } from './generate.ts';
import { type AccountsTables, tables } from './tables.ts';
import type { ApiKey } from './types.ts';

/** docs/wire/calls.md, Several keys. */
const SLOTS = [0, 1] as const;

/** In the order of their making. */
export async function selectKeys(db: Executor, accountId?: string): Promise<ApiKey[]> {
  let query = tables(db).selectFrom('api_keys').selectAll().orderBy('created_at').orderBy('slot');
  if (accountId !== undefined) query = query.where('account_id', '=', accountId);
  return (await query.execute()).map(keyOf);
}

/**
 * Puts a key into a free slot of the account; made up when `given` is left out.
 * Throws an Error when the account has two keys already.
 */
export async function insertKey(
  trx: Executor,
  accountId: string,
  now: number,
  given = { secretId: newSecretId(), secretKey: newSecretKey() },
): Promise<ApiKey> {
  const taken = (await selectKeySlots(trx, accountId)).map((row) => row.slot);
  const slot = SLOTS.find((one) => !taken.includes(one));
  if (slot === undefined) {
    throw new Error(`account ${accountId} has ${SLOTS.length} keys already: disable and delete one first`);
  }
  const row = {
    account_id: accountId,
    slot,
    secret_id: given.secretId,
    secret_key: given.secretKey,
    disabled: 0,
    created_at: now,
  };
  // Two processes may find the same slot free: the table's primary key lets one through.
  await tables(trx).insertInto('api_keys').values(row).execute();
  return keyOf(row);
}

function selectKeySlots(trx: Executor, accountId: string): Promise<{ slot: number }[]> {
  return tables(trx).selectFrom('api_keys').select('slot').where('account_id', '=', accountId).execute();
}

/** Throws an Error when there is no such key. */
export async function updateKeyDisabled(db: Executor, secretId: string, disabled: boolean): Promise<void> {
  const { numUpdatedRows } = await tables(db)
    .updateTable('api_keys')
    .set({ disabled: disabled ? 1 : 0 })
    .where('secret_id', '=', secretId)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new Error(`there is no key ${secretId}`);
}

/** Throws an Error when there is no such key or when it is still enabled. */
export async function deleteDisabledKey(db: Executor, secretId: string): Promise<void> {
  const { numDeletedRows } = await tables(db)
    .deleteFrom('api_keys')
    .where('secret_id', '=', secretId)
    .where('disabled', '=', 1)
    .executeTakeFirst();
  if (numDeletedRows === 0n) throw new Error(`there is no disabled key ${secretId}`);
}

function keyOf(row: Selectable<AccountsTables['api_keys']>): ApiKey {
  return {
    accountId: row.account_id,
    secretId: row.secret_id,
    secretKey: row.secret_key,
    disabled: row.disabled === 1,
    createdAt: row.created_at,
  };
}
