/** `openvod keys`: the first account's keys, on the database that the settings name. */
import { createAccounts } from './accounts/index.ts';
import { systemClock } from './common/clock.ts';
import { silentLogger } from './common/log.ts';
import { openDatabase } from './database/index.ts';
import { configOrExit } from './environment.ts';

const [command = 'list', secretId] = process.argv.slice(2);
const config = configOrExit();
const database = await openDatabase(config.databaseUrl, config.dataDir);
await database.migrate();
const accounts = createAccounts({ database, clock: systemClock, log: silentLogger });

try {
  const first = await accounts.ensureFirstAccount(config);
  if (first.madeUp && first.key) {
    console.log(`First account made: OPENVOD_APP_ID=${first.appId}`);
    console.log(`OPENVOD_SECRET_ID=${first.key.secretId}\nOPENVOD_SECRET_KEY=${first.key.secretKey}`);
  }
  if (command === 'list') {
    for (const key of await accounts.listKeys()) {
      const since = new Date(key.createdAt).toISOString();
      console.log(`${key.accountId}  ${key.secretId}  ${key.disabled ? 'disabled' : 'enabled '}  ${since}`);
    }
  } else if (command === 'create') {
    const key = await accounts.createKey(first.appId);
    console.log(`OPENVOD_SECRET_ID=${key.secretId}\nOPENVOD_SECRET_KEY=${key.secretKey}`);
  } else if (command === 'disable' && secretId) {
    await accounts.setKeyDisabled(secretId, true);
    console.log(`${secretId} is disabled; a running server notices within seconds`);
  } else {
    console.error('openvod keys [list | create | disable <SecretId>]');
    process.exitCode = 2;
  }
} catch (error) {
  console.error(`openvod: ${(error as Error).message}`);
  process.exitCode = 1;
} finally {
  await database.close();
}
