import type { Executor } from '../database/index.ts';
import { newSecretId, newSecretKey } from './generate.ts';
import { tables } from './tables.ts';
import type { ApiKey } from './types.ts';

/** docs/wire/calls.md, Several keys. */
const SLOTS = [0, 1] as const;

/** How many keys an application can have: two, so that one can take the other's place without a moment of none. */
export const KEYS_PER_APPLICATION = SLOTS.length;

/** In the order of their making; all, or those of one application. */
export async function selectKeys(db: Executor, appId?: string): Promise<ApiKey[]> {
  let query = tables(db)
    .selectFrom('api_keys as keys')
    .innerJoin('applications', 'applications.app_id', 'keys.app_id')
    .select(['keys.app_id', 'applications.account_id', 'secret_id', 'secret_key', 'disabled'])
    .select(['keys.created_at', 'last_used_at'])
    .orderBy('keys.created_at')
    .orderBy('slot');
  if (appId !== undefined) query = query.where('keys.app_id', '=', appId);
  return (await query.execute()).map((row) => ({
    appId: row.app_id,
    accountId: row.account_id,
    secretId: row.secret_id,
    secretKey: row.secret_key,
    disabled: row.disabled === 1,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
  }));
}

/**
 * Puts a key into a free slot of the application; made up when `given` is left out.
 * Throws an Error when the application has two keys already.
 */
export async function insertKey(
  trx: Executor,
  appId: string,
  now: number,
  given = { secretId: newSecretId(), secretKey: newSecretKey() },
): Promise<{ secretId: string; secretKey: string }> {
  const { secretId, secretKey } = given;
  const taken = (await selectKeySlots(trx, appId)).map((row) => row.slot);
  const slot = SLOTS.find((one) => !taken.includes(one));
  if (slot === undefined) {
    throw new Error(
      `application ${appId} has ${SLOTS.length} of ${SLOTS.length} keys already: disable and delete one first`,
    );
  }
  // Two processes may find the same slot free: the table's primary key lets one through.
  await tables(trx)
    .insertInto('api_keys')
    .values({
      app_id: appId,
      slot,
      secret_id: secretId,
      secret_key: secretKey,
      disabled: 0,
      created_at: now,
      last_used_at: null,
    })
    .execute();
  return { secretId, secretKey };
}

function selectKeySlots(trx: Executor, appId: string): Promise<{ slot: number }[]> {
  return tables(trx).selectFrom('api_keys').select('slot').where('app_id', '=', appId).execute();
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

/** @param hour ms since the epoch; a key that is gone stays so */
export async function updateKeyUsed(db: Executor, secretId: string, hour: number): Promise<void> {
  await tables(db)
    .updateTable('api_keys')
    .set({ last_used_at: hour })
    .where('secret_id', '=', secretId)
    .execute();
}

/** Throws an Error when there is no such key or when it is still enabled. */
export async function deleteDisabledKey(db: Executor, secretId: string): Promise<void> {
  const { numDeletedRows } = await tables(db)
    .deleteFrom('api_keys')
    .where('secret_id', '=', secretId)
    .where('disabled', '=', 1)
    .executeTakeFirst();
  if (numDeletedRows === 1n) return;
  const exists = (await selectKeys(db)).some((key) => key.secretId === secretId);
  throw new Error(exists ? `key ${secretId} is enabled: disable it first` : `there is no key ${secretId}`);
}
