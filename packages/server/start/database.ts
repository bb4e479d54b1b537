import type { Logger } from '../common/log.ts';
import { type Config, SETTINGS } from '../config.ts';
import { type Database, reachPostgres } from '../database/index.ts';
import { StartError, waitFor } from './errors.ts';

/** Waits for the database that `open` opens, and brings it up to date. @throws StartError when it does not answer in time */
export async function openDatabaseAtStart(
  config: Config,
  log: Logger,
  open: () => Promise<Database>,
): Promise<Database> {
  const { databaseUrl: url, dataDir } = config;
  let database: Database | undefined;
  try {
    if (url !== undefined) {
      const needed = {
        name: 'database',
        setting: SETTINGS.databaseUrl.variable,
        place: placeOfDatabase(url),
      };
      await waitFor({ ...needed, timeoutMs: config.startTimeoutSeconds * 1000, log }, () =>
        reachPostgres(url),
      );
    }
    database = await open();
    await database.migrate();
    return database;
  } catch (error) {
    // Not waited for: what does not answer does not end a connection either.
    database?.close().catch(() => {});
    if ((error as { code?: string }).code !== 'ERR_SQLITE_ERROR') throw error;
    const words = `the database in ${dataDir} cannot be opened (${(error as Error).message})`;
    throw new StartError(SETTINGS.dataDir.variable, words, error);
  }
}

/** Host and port of a connection string, or the folder of its socket; nothing else of it, as it has a password. */
function placeOfDatabase(text: string): string {
  const url = URL.parse(text);
  if (!url) return 'what it says';
  return url.host === ''
    ? (url.searchParams.get('host') ?? 'localhost')
    : `${url.hostname}:${url.port || 5432}`;
}
