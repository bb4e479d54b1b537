/** `openvod keys`: the keys of an application, on the database that the environment names. */
import { parseArgs } from 'node:util';
import {
  type Accounts,
  KEYS_PER_APPLICATION,
  type KeysRequest,
  keyLine,
  keysRequest,
  keysUsage,
} from '../accounts/index.ts';
import { UsageError } from '../common/faults/usage-error.ts';
import type { Config } from '../config.ts';
import { accountsOn, applicationOf, command, onDatabase } from './operator.ts';

const OPTIONS = {
  app: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

interface Options {
  app?: string | undefined;
  json: boolean;
}

await command(async () => {
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
  if (values.help) return void process.stdout.write(keysUsage());
  const request = keysRequest(positionals);
  await onDatabase(async (database, config) => {
    const accounts = accountsOn(database);
    await bringUp(accounts, config);
    const app = values.app === undefined ? undefined : await applicationOf(database, values.app);
    const own = app ?? (await applicationOf(database, config.appId));
    await run(accounts, request, { own, app, json: values.json, secretOfSettings: config.secretId });
  });
});

/** On an empty database the first account comes with its keys, as at the first start of the server. */
async function bringUp(accounts: Accounts, config: Config): Promise<void> {
  if ((await accounts.listApplications()).length > 0) return;
  const { appId, madeUp, key } = await accounts.ensureFirstAccount(config);
  say(`first account made: OPENVOD_APP_ID=${appId}`);
  if (madeUp && key) printSecret(key);
}

async function run(
  accounts: Accounts,
  request: KeysRequest,
  { own, app, json, secretOfSettings }: Options & { own: string; secretOfSettings: string | undefined },
): Promise<void> {
  if (request.command === 'list') {
    const keys = await accounts.listKeys(app);
    for (const key of keys) process.stdout.write(`${keyLine(key, json)}\n`);
    const counted = new Set([app ?? own, ...keys.map(({ appId }) => appId)]);
    for (const id of json ? [] : counted) {
      const count = keys.filter(({ appId }) => appId === id).length;
      process.stdout.write(`application ${id}: ${count} of ${KEYS_PER_APPLICATION} keys\n`);
    }
    return;
  }
  if (request.command === 'create') {
    const { count, limit, ...key } = await accounts.createKey(own);
    if (json) process.stdout.write(`${JSON.stringify({ appId: own, ...key })}\n`);
    else printSecret(key);
    say(`key ${count} of ${limit} of application ${own}; its secret is shown this once`);
    return;
  }
  const { secretId } = request;
  if (app !== undefined && !(await accounts.listKeys(app)).some((key) => key.secretId === secretId)) {
    throw new UsageError(`application ${app} has no key ${secretId}`);
  }
  if (request.command === 'delete') await accounts.deleteKey(secretId);
  else await accounts.setKeyDisabled(secretId, request.command === 'disable');
  say(`${secretId} is ${request.command}d; a running server notices within 5 s`);
  if (request.command !== 'enable' && secretId === secretOfSettings) {
    say('OPENVOD_SECRET_ID names this key: take it out of the settings, or the next start brings it back');
  }
}

/** In the form of an environment file. */
function printSecret({ secretId, secretKey }: { secretId: string; secretKey: string }): void {
  process.stdout.write(`OPENVOD_SECRET_ID=${secretId}\nOPENVOD_SECRET_KEY=${secretKey}\n`);
}

/** Words for a person stay out of what programs read. */
function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
