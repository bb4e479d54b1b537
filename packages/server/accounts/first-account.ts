import type { Executor } from '../database/index.ts';
import { insertApplication, selectApplications } from './applications.ts';
import { insertKey, selectKeys } from './keys.ts';
import { tables } from './tables.ts';
import type { FirstAccount, FirstAccountSettings } from './types.ts';

/** Looks like the app ids of the original. */
const DEFAULT_APP_ID = '1250000001';

/**
 * See `Accounts.ensureFirstAccount`. Runs in a transaction: a second node that starts at the same moment waits at the
 * insert of the account and then finds everything there.
 */
export async function ensureFirstAccount(
  trx: Executor,
  settings: FirstAccountSettings,
  now: number,
): Promise<FirstAccount> {
  const given = givenKey(settings);
  const appId = settings.appId ?? (await existingAccount(trx)) ?? DEFAULT_APP_ID;
  if (!/^\d{1,19}$/.test(appId)) throw new Error('OPENVOD_APP_ID must be digits');
  const isNew = await insertApplication(trx, { appId, accountId: appId, name: 'main', createdAt: now });
  if (!isNew) await refuseSubApplication(trx, appId);
  if (given) {
    await bringIn(trx, appId, given, now);
    return { appId, key: given, madeUp: false };
  }
  const keys = await selectKeys(trx, appId);
  if (keys.length === 0) return { appId, key: await insertKey(trx, appId, now), madeUp: true };
  return { appId, key: keys.find((key) => !key.disabled) ?? null, madeUp: false };
}

interface Given {
  secretId: string;
  secretKey: string;
}

function givenKey({ secretId, secretKey }: FirstAccountSettings): Given | null {
  if (secretId === undefined && secretKey === undefined) return null;
  if (!secretId || !secretKey) {
    throw new Error('OPENVOD_SECRET_ID and OPENVOD_SECRET_KEY must be given together');
  }
  return { secretId, secretKey };
}

async function existingAccount(trx: Executor): Promise<string | undefined> {
  const applications = await selectApplications(trx);
  return applications.find((application) => application.appId === application.accountId)?.appId;
}

async function refuseSubApplication(trx: Executor, appId: string): Promise<void> {
  const application = (await selectApplications(trx)).find((one) => one.appId === appId);
  if (application && application.accountId !== appId) {
    throw new Error(`OPENVOD_APP_ID ${appId} is a sub-application of ${application.accountId}`);
  }
}

/** The operator's word counts: a changed SecretKey replaces the stored one, and a disabled key works again. */
async function bringIn(trx: Executor, appId: string, given: Given, now: number): Promise<void> {
  const known = (await selectKeys(trx)).find((key) => key.secretId === given.secretId);
  if (!known) {
    await insertKey(trx, appId, now, given);
    return;
  }
  if (known.appId !== appId) {
    throw new Error(`OPENVOD_SECRET_ID belongs to another application, ${known.appId}`);
  }
  if (known.secretKey === given.secretKey && !known.disabled) return;
  await tables(trx)
    .updateTable('api_keys')
    .set({ secret_key: given.secretKey, disabled: 0 })
    .where('secret_id', '=', given.secretId)
    .execute();
}
