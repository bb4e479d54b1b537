import { readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { makePrivateFile, makePrivateFolder } from '../../common/private-files.ts';

const SQLITE_BUSY = 5;

/** A folder that is ours until it is released, or until this process ends, however it does. */
export interface FolderLock {
  release(): Promise<void>;
}

/** Another server has the folder; the message says which, as far as it is known. */
export class FolderInUseError extends Error {
  override name = 'FolderInUseError';
}

/**
 * Takes the folder of an SQLite database for this server alone: what servers keep in memory (who writes which part, which
 * signatures were used) must not be in two of them. The lock is one of the kernel's, on a file of its own, so commands that only
 * open the database go on beside it, and a killed server leaves none behind; a second file says whose it is.
 * @param now ms since the epoch
 * @throws FolderInUseError
 */
export async function lockFolder(dataDir: string, now: number): Promise<FolderLock> {
  await makePrivateFolder(dataDir);
  const holder = path.join(dataDir, 'server.json');
  const lock = takeLock(path.join(dataDir, 'server.lock'));
  if (lock === null)
    throw new FolderInUseError(`OPENVOD_DATA_DIR: ${dataDir} is in use by ${await whose(holder)}`);
  await sayWhose(holder, now);
  return {
    async release() {
      // Before the lock: after it the file may be the next server's.
      await rm(holder, { force: true }).catch(() => {});
      lock.close();
    },
  };
}

/**
 * Null when somebody has it. SQLite knows how to lock on every system and file system that it runs on, and a transaction without
 * changes writes nothing, so it works on a full disk, too.
 */
function takeLock(file: string): DatabaseSync | null {
  makePrivateFile(file);
  const lock = new DatabaseSync(file, { timeout: 0 });
  try {
    lock.exec('pragma journal_mode = memory; begin exclusive');
    return lock;
  } catch (error) {
    lock.close();
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return null;
    throw error;
  }
}

/** A full disk does not keep a server from starting: then the file is missing. */
async function sayWhose(holder: string, now: number): Promise<void> {
  const words = { pid: process.pid, host: hostname(), since: new Date(now).toISOString() };
  await rm(holder, { force: true }).catch(() => {});
  await writeFile(holder, `${JSON.stringify(words)}\n`, { mode: 0o600 }).catch(() => {});
}

async function whose(holder: string): Promise<string> {
  try {
    const { pid, host, since } = JSON.parse(await readFile(holder, 'utf8'));
    return `the server with process id ${Number(pid)} on ${String(host)}, which runs since ${String(since)}`;
  } catch {
    return 'another server';
  }
}
