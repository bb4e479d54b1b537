/** `openvod settings`: the settings of an application, on the database that the environment names. */
import { parseArgs } from 'node:util';
import { createAccounts } from './accounts/index.ts';
import { systemClock } from './common/clock.ts';
import { silentLogger } from './common/log.ts';
import { type Database, openDatabase } from './database/index.ts';
import { configOrExit } from './environment.ts';
import {
  createSettings,
  SettingsError,
  type SettingsRequest,
  settingLine,
  settingsRequest,
  settingsUsage,
} from './settings/index.ts';
import { createTemplates } from './templates/index.ts';

const OPTIONS = {
  app: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

try {
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
  if (values.help) process.stdout.write(settingsUsage());
  else await run(settingsRequest(positionals), values);
} catch (error) {
  const isUsage =
    error instanceof SettingsError || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS');
  process.stderr.write(`openvod: ${(error as Error).message}\n`);
  process.exitCode = isUsage ? 2 : 1;
}

async function run(
  { changes, shown }: SettingsRequest,
  { app, json }: { app?: string | undefined; json: boolean },
): Promise<void> {
  const config = configOrExit();
  const database = await openDatabase(config.databaseUrl, config.dataDir);
  try {
    await database.migrate();
    const appId = await applicationOf(database, app ?? config.appId);
    const { templates } = createTemplates({ database });
    const settings = createSettings({
      database,
      clock: systemClock,
      log: silentLogger,
      defaults: config.applicationDefaults,
      facts: {
        hasDefinition: async (app, id) => (await templates.get(database.db, app, 'transcode', id)) !== null,
      },
    });
    await settings.change(appId, changes);
    for (const setting of await settings.list(appId)) {
      if (shown.includes(setting.name)) process.stdout.write(`${settingLine(setting, json)}\n`);
    }
  } finally {
    await database.close();
  }
}

/** The application of that id, or the first main one. */
async function applicationOf(database: Database, wanted: string | undefined): Promise<string> {
  const applications = await createAccounts({
    database,
    clock: systemClock,
    log: silentLogger,
  }).listApplications();
  if (applications.length === 0) throw new Error('there is no application yet: start the server once');
  const ids = applications.map(({ appId }) => appId);
  if (wanted !== undefined && !ids.includes(wanted)) {
    throw new SettingsError(`there is no application ${wanted}; there are ${ids.join(', ')}`);
  }
  return wanted ?? applications.find(({ appId, accountId }) => appId === accountId)!.appId;
}
