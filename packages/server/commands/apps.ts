/** `openvod apps`: the account's applications, on the database that the environment names. */
import { parseArgs } from 'node:util';
import {
  type Application,
  type AppsRequest,
  applicationLine,
  appsRequest,
  appsUsage,
  type Usage,
} from '../accounts/index.ts';
import type { Config } from '../config.ts';
import type { Database } from '../database/index.ts';
import { usedStorage } from '../library/index.ts';
import { unfinishedTasks } from '../tasks/index.ts';
import { accountsOn, applicationOf, command, onDatabase, settingsOn } from './operator.ts';

const OPTIONS = {
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

await command(async () => {
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
  if (values.help) return void process.stdout.write(appsUsage());
  const request = appsRequest(positionals);
  await onDatabase(async (database, config) => {
    await applicationOf(database, undefined);
    const changed = await change(database, config, request);
    const applications = await accountsOn(database).listApplications();
    for (const application of applications) {
      if (changed !== null && application.appId !== changed) continue;
      const usage = await usageOf(database, config, application);
      process.stdout.write(`${applicationLine(application, usage, values.json)}\n`);
    }
  });
});

/** Does what was asked; resolves to the application that it was done to, null when only a list is wanted. */
async function change(database: Database, config: Config, request: AppsRequest): Promise<string | null> {
  const accounts = accountsOn(database);
  switch (request.command) {
    case 'list':
      return null;
    case 'create': {
      const account = await applicationOf(database, config.appId);
      return (await accounts.createSubApplication(account, request.name)).appId;
    }
    case 'rename':
      await accounts.renameSubApplication(request.appId, request.name);
      return request.appId;
    case 'off':
    case 'on':
      await accounts.setSwitchedOff(request.appId, request.command === 'off');
      return request.appId;
  }
}

async function usageOf(database: Database, config: Config, { appId }: Application): Promise<Usage> {
  const { db } = database;
  const set = await settingsOn(database, config).of(appId);
  const mostMiB = set['quota.storageMiB'];
  return {
    ...(await usedStorage(db, appId)),
    maxBytes: mostMiB === null ? null : mostMiB * 1024 ** 2,
    tasks: await unfinishedTasks(db, appId),
    maxTasks: set['quota.tasks'],
    maxCallsPerSecond: set['quota.callsPerSecond'],
  };
}
