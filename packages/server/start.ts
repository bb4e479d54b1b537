import { randomUUID } from 'node:crypto';
import { open, readFile, unlink } from 'node:fs/promises';
import path from 'node:path';
import { createSecureContext } from 'node:tls';
import type { DiskRoom } from './common/data-folder/data-folder.ts';
import type { Logger } from './common/log.ts';
import { makePrivateFolder } from './common/private-files.ts';
import { type Config, SETTINGS } from './config.ts';
import type { Database } from './database/index.ts';
import { StartError, waitFor } from './start-errors.ts';
import { NoSpaceError, type ObjectStore, openStore } from './storage/index.ts';

/** A full disk is no reason not to start: what is there can be read, and deleted. */
const FULL = new Set(['ENOSPC', 'EDQUOT']);

/** Makes the data folder. @throws StartError when nothing can be written there */
export async function openDataDir({ dataDir }: Config): Promise<void> {
  const probe = path.join(dataDir, `.writable-${randomUUID()}`);
  try {
    await makePrivateFolder(dataDir);
    await (await open(probe, 'wx')).close();
    await unlink(probe);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (FULL.has(code ?? '')) return;
    throw new StartError(
      SETTINGS.dataDir.variable,
      `${dataDir} cannot be written (${code ?? message})`,
      error,
    );
  }
}

/** Waits for the database that `open` opens, and brings it up to date. @throws StartError when it does not answer in time */
export async function openDatabaseAtStart(
  config: Config,
  log: Logger,
  open: () => Promise<Database>,
): Promise<Database> {
  const { databaseUrl: url, dataDir } = config;
  let database: Database | undefined;
  try {
    database = await open();
    const { check } = database;
    if (url !== undefined) {
      const needed = {
        name: 'database',
        setting: SETTINGS.databaseUrl.variable,
        place: placeOfDatabase(url),
      };
      await waitFor({ ...needed, timeoutMs: config.startTimeoutSeconds * 1000, log }, check);
    }
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

/** Opens the object store. @throws StartError when it does not answer in time; a full one opens */
export async function openStoreAtStart(config: Config, log: Logger, disk: DiskRoom): Promise<ObjectStore> {
  const { storageUrl: url, dataDir } = config;
  const store = await openStore(url, dataDir, disk);
  if (url === undefined) return store;
  const needed = { name: 'store', setting: SETTINGS.storageUrl.variable, place: placeOfStore(url) };
  try {
    await waitFor({ ...needed, timeoutMs: config.startTimeoutSeconds * 1000, log }, () => checkOrFull(store));
    return store;
  } catch (error) {
    store.close().catch(() => {});
    throw error;
  }
}

async function checkOrFull(store: ObjectStore): Promise<void> {
  try {
    await store.check();
  } catch (error) {
    if (!(error instanceof NoSpaceError)) throw error;
  }
}

/** @throws StartError when the files that TLS was set up with cannot be used */
export async function checkTlsFiles({ tlsCert, tlsKey }: Config): Promise<void> {
  if (!tlsCert || !tlsKey) return;
  const cert = await readOrSay(SETTINGS.tlsCert.variable, tlsCert);
  const key = await readOrSay(SETTINGS.tlsKey.variable, tlsKey);
  try {
    createSecureContext({ cert, key });
  } catch (error) {
    const both = `${SETTINGS.tlsCert.variable}, ${SETTINGS.tlsKey.variable}`;
    const words = `${tlsCert} and ${tlsKey} are not a certificate and its key in PEM (${(error as Error).message})`;
    throw new StartError(both, words, error);
  }
}

async function readOrSay(setting: string, file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new StartError(setting, `${file} cannot be read (${code ?? message})`, error);
  }
}

const CANNOT_LISTEN: Record<string, string> = {
  EADDRINUSE: 'is in use',
  EACCES: 'may not be listened on (ports below 1024 need rights)',
};

/** Which settings a listener's address comes from. */
interface ListenSettings {
  host: string;
  portOf(port: number): string;
}

/** The listeners of the API and of playback, plain and TLS. */
export function mainListeners(config: Config): ListenSettings {
  const { host, port: plain, tlsPort } = SETTINGS;
  return {
    host: host.variable,
    portOf: (port) => (port === config.tlsPort && port !== config.port ? tlsPort : plain).variable,
  };
}

export const METRICS_LISTENER: ListenSettings = {
  host: SETTINGS.metricsHost.variable,
  portOf: () => SETTINGS.metricsPort.variable,
};

/** Opens a listener. @throws StartError that names the setting of the port or address that is not to be had */
export async function listenOrSay<T>(settings: ListenSettings, listen: () => Promise<T>): Promise<T> {
  try {
    return await listen();
  } catch (error) {
    const { code = '', port } = error as NodeJS.ErrnoException & { port?: number };
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
      throw new StartError(settings.host, 'is not an address of this machine', error);
    }
    const words = CANNOT_LISTEN[code];
    if (words === undefined || port === undefined) throw error;
    throw new StartError(settings.portOf(port), `port ${port} ${words}`, error);
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

function placeOfStore(text: string): string {
  const url = new URL(text);
  const endpoint = URL.parse(url.searchParams.get('endpoint') ?? '');
  return endpoint ? `bucket ${url.hostname} at ${endpoint.host}` : `bucket ${url.hostname}`;
}
