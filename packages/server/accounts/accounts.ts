import type { Clock } from '../common/clocks/clock.ts';
import { Refused } from '../common/faults/refused.ts';
import { Fresh } from '../common/fresh.ts';
import type { Logger } from '../common/log.ts';
import type { Database } from '../database/index.ts';
import { checkedName, insertApplication, selectApplications, updateSubApplication } from './applications.ts';
import { ensureFirstAccount } from './first-account.ts';
import { newSubAppId } from './generate.ts';
import { KeyUse } from './key-use.ts';
import { deleteDisabledKey, insertKey, KEYS_PER_APPLICATION, selectKeys, updateKeyDisabled } from './keys.ts';
import { SwitchedOff } from './switched-off.ts';
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
  const use = new KeyUse(db, log);
  const off = new SwitchedOff();

  async function load(): Promise<Directory> {
    const [keys, applications] = await Promise.all([selectKeys(db), selectApplications(db)]);
    off.learn(applications);
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

  return {
    ensureFirstAccount: (given) =>
      change(() => database.transaction((trx) => ensureFirstAccount(trx, given, clock()))),

    async findKey(secretId) {
      return (await directory.get()).keys.get(secretId) ?? null;
    },

    async findApplication(keyAppId, subAppId) {
      const meant = !subAppId || subAppId === '0' ? keyAppId : subAppId;
      const application = (await directory.get()).applications.get(meant);
      // A sub-application is nobody's account: its key finds nothing but itself.
      if (application?.appId !== keyAppId && application?.accountId !== keyAppId) return null;
      if (application.switchedOff) {
        throw new Refused('application.off', `application ${meant} is switched off`);
      }
      return meant;
    },

    isSwitchedOff: (appId) => off.has(appId, directory.get()),

    noteUse: (secretId, now) => use.note(secretId, now),

    listKeys: (appId) => selectKeys(db, appId),

    async createKey(appId) {
      const key = await change(() =>
        database.transaction(async (trx) => {
          const applications = await selectApplications(trx);
          if (!applications.some((one) => one.appId === appId)) {
            throw new Error(`there is no application ${appId}`);
          }
          const made = await insertKey(trx, appId, clock());
          return { ...made, count: (await selectKeys(trx, appId)).length, limit: KEYS_PER_APPLICATION };
        }),
      );
      log.info({ appId, secretId: key.secretId }, 'key created');
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
      const applications = await selectApplications(db, accountId);
      if (applications.length === 0) throw new Error(`there is no account ${accountId}`);
      const checked = checkedName(name);
      for (;;) {
        const application = { appId: newSubAppId(), accountId, name: checked, createdAt: clock() };
        if (!(await change(() => insertApplication(db, application)))) continue;
        log.info({ appId: application.appId, accountId }, 'sub-application created');
        return { ...application, switchedOff: false };
      }
    },

    async renameSubApplication(appId, name) {
      const checked = checkedName(name);
      await change(() => updateSubApplication(db, appId, { name: checked }));
      log.info({ appId }, 'sub-application renamed');
    },

    async setSwitchedOff(appId, switchedOff) {
      await change(() => updateSubApplication(db, appId, { switchedOff }));
      log.info({ appId }, switchedOff ? 'sub-application switched off' : 'sub-application switched on');
    },

    stop: () => use.settled(),
  };
}
