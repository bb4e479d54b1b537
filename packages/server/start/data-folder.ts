import { randomUUID } from 'node:crypto';
import { open, unlink } from 'node:fs/promises';
import path from 'node:path';
import { DataFolder } from '../common/data-folder/data-folder.ts';
import type { Logger } from '../common/log.ts';
import { commandAgainstReaders, makePrivateFolder } from '../common/private-files.ts';
import { type Config, SETTINGS } from '../config.ts';
import { type Database, type FolderLock, lockFolder } from '../database/index.ts';
import { objectsFolder } from '../storage/index.ts';
import { WATCHED } from '../watching/readiness.ts';
import { StartError } from './errors.ts';

/** A full disk is no reason not to start: what is there can be read, and deleted. */
const FULL = new Set(['ENOSPC', 'EDQUOT']);

/**
 * Makes the data folder ours: nobody else's to read, and on SQLite no other server's to use.
 * @param now ms since the epoch
 * @returns the folder, which watches nothing yet, and the lock that other servers see
 * @throws StartError when nothing can be written there; FolderInUseError
 */
export async function openDataFolder(
  config: Config,
  { log, now }: { log: Logger; now: number },
): Promise<{ dataFolder: DataFolder; lock: FolderLock | null }> {
  const { dataDir: folder, databaseUrl, minFreeMiB } = config;
  await makeWritable(config);
  const command = await commandAgainstReaders(folder);
  if (command !== null) {
    log.warn({ command }, `others can read the data folder; this shuts them out: ${command}`);
  }
  const lock = databaseUrl === undefined ? await lockFolder(folder, now) : null;
  return { dataFolder: new DataFolder({ folder, minFreeBytes: minFreeMiB * 1024 ** 2, log }), lock };
}

/** Keeps an eye on all that is open in the data folder. @throws what `DataFolder.watch` throws */
export async function watchOpenFiles(
  dataFolder: DataFolder,
  config: Config,
  database: Pick<Database, 'file'>,
): Promise<void> {
  await dataFolder.watch({ name: WATCHED.folder, path: config.dataDir });
  if (database.file !== null) await dataFolder.watch({ name: WATCHED.database, path: database.file });
  const objects = objectsFolder(config.storageUrl, config.dataDir);
  if (objects !== null) await dataFolder.watch({ name: WATCHED.objects, path: objects });
}

/** Makes the data folder. @throws StartError when nothing can be written there */
async function makeWritable({ dataDir }: Config): Promise<void> {
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
