import type { Clock } from '../common/clock.ts';
import { Fresh } from '../common/fresh.ts';
import type { Logger } from '../common/log.ts';
import type { Database } from '../database/index.ts';
import { insertApplication, selectApplications } from './applications.ts';
import { ensureFirstAccount } from './first-account.ts';
import { newSubAppId } from './generate.ts';
import { deleteDisabledKey, insertKey, selectKeys, updateKeyDisabled } from './keys.ts';
import type { Accounts, ApiKey, Application } from './types.ts';

export interface AccountsDeps {
  database: Database;
  clock: Clock;
  log: Logger;
}

/** All keys and applications: so a call needs no read of the database to know who it is. */
interface Directory {
  keys: ReadonlyMap<string, ApiKey>;
  applications: ReadonlyMap<string, Application>;
}

export function createAccounts({ database, clock, log }: AccountsDeps): Accounts {
  const { db } = database;
  const directory = new Fresh(load, clock);

  async function load(): Promise<Directory> {
    const [keys, applications] = await Promise.all([selectKeys(db), selectApplications(db)]);
    return {
      keys: new Map(keys.map((key) => [key.secretId, key])),
      applications: new Map(applications.map((application) => [application.appId, application])),
    };
  }

  /** Runs a change and lets this process see it. */
  async function change<T>(run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } finally {
      directory.forget();
    }
  }

  async function requireAccount(accountId: string): Promise<void> {
    const applications = await selectApplications(db, accountId);
    if (applications.length === 0) throw new Error(`there is no account ${accountId}`);
  }

  return {
    ensureFirstAccount: (given) =>
      change(() => database.transaction((trx) => ensureFirstAccount(trx, given, clock()))),

    async findKey(secretId) {
      return (await directory.get()).keys.get(secretId) ?? null;
    },

    async findApplication(accountId, subAppId) {
      if (!subAppId || subAppId === '0' || subAppId === accountId) return accountId;
      const application = (await directory.get()).applications.get(subAppId);
      return application?.accountId === accountId ? subAppId : null;
    },

    listKeys: (accountId) => selectKeys(db, accountId),

    async createKey(accountId) {
      await requireAccount(accountId);
      const key = await change(() => database.transaction((trx) => insertKey(trx, accountId, clock())));
      log.info({ accountId, secretId: key.secretId }, 'key created');
      return key;
    },

    async setKeyDisabled(secretId, disabled) {
      await change(() => updateKeyDisabled(db, secretId, disabled));
      log.info({ secretId }, disabled ? 'key disabled' : 'key enabled');
    },

    async deleteKey(secretId) {
      await change(() => deleteDisabledKey(db, secretId));
      log.info({ secretId }, 'key deleted');
    },

    listApplications: (accountId) => selectApplications(db, accountId),

    async createSubApplication(accountId, name) {
      await requireAccount(accountId);
      for (;;) {
        const application = { appId: newSubAppId(), accountId, name, createdAt: clock() };
        if (await change(() => insertApplication(db, application))) return application;
      }
    },
  };
}
