/** What the commands that work on the server's database share. */
import { createAccounts } from '../accounts/index.ts';
import { systemClock } from '../common/clocks/clock.ts';
import { UsageError } from '../common/faults/usage-error.ts';
import { silentLogger } from '../common/log.ts';
import type { Config } from '../config.ts';
import { type Database, openDatabase } from '../database/index.ts';
import { configOrExit } from '../environment.ts';
import { createSettings, SettingsError } from '../settings/index.ts';
import { openDatabaseAtStart } from '../start/database.ts';
import { createTemplates } from '../templates/index.ts';

/** Runs a command, says on standard error what went wrong, and leaves the exit code: 0, 1, or 2 for wrong usage. */
export async function command(run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    process.stderr.write(`openvod: ${(error as Error).message}\n`);
    process.exitCode = isUsage(error) ? 2 : 1;
  }
}

function isUsage(error: unknown): boolean {
  if (error instanceof UsageError || error instanceof SettingsError) return true;
  return Boolean((error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS'));
}

/** Somebody sits in front of it. s */
const TIMEOUT_S = 5;

/**
 * Runs something on the database that the settings name, brought up to date.
 * @throws what it throws; StartError when the database does not answer
 */
export async function onDatabase(run: (database: Database, config: Config) => Promise<void>): Promise<void> {
  const config = configOrExit();
  const database = await openDatabaseAtStart(
    { ...config, startTimeoutSeconds: TIMEOUT_S },
    silentLogger,
    () => openDatabase(config.databaseUrl, config.dataDir),
  );
  try {
    await run(database, config);
  } finally {
    await database.close();
  }
}

/** The accounts on a database, as commands use them. */
export function accountsOn(database: Database) {
  return createAccounts({ database, clock: systemClock, log: silentLogger });
}

/** The settings of applications on a database, as commands use them. */
export function settingsOn(database: Database, config: Config) {
  const { templates } = createTemplates({ database });
  return createSettings({
    database,
    clock: systemClock,
    log: silentLogger,
    defaults: config.applicationDefaults,
    facts: {
      hasDefinition: async (app, id) => (await templates.get(database.db, app, 'transcode', id)) !== null,
      hasWatermark: async (app, id) => (await templates.get(database.db, app, 'watermark', id)) !== null,
    },
  });
}

/**
 * The application that a command line names, else that of the settings, else the first main one.
 * @throws UsageError when there is none of that id
 */
export async function applicationOf(database: Database, wanted: string | undefined): Promise<string> {
  const applications = await accountsOn(database).listApplications();
  if (applications.length === 0) throw new Error('there is no application yet: start the server once');
  const ids = applications.map(({ appId }) => appId);
  if (wanted !== undefined && !ids.includes(wanted)) {
    throw new UsageError(`there is no application ${wanted}; there are ${ids.join(', ')}`);
  }
  return wanted ?? applications.find(({ appId, accountId }) => appId === accountId)!.appId;
}
