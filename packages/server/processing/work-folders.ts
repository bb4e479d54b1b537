import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { ownerIsGone, ownerName } from '../tasks/index.ts';

/** Longer than any work may take: a folder of this age is nobody's. */
const STALE_MS = 2 * 24 * 3600_000;

/** A folder that is removed when it is disposed of. */
export type WorkFolder = { path: string } & AsyncDisposable;

/**
 * Folders for work in progress below `root`, one a process and in it one a piece of work. The first `open` removes what
 * processes that were killed have left there.
 */
export function workFolders(root: string): { open(): Promise<WorkFolder> } {
  const own = path.join(root, ownerName());
  let ready: Promise<void> | undefined;

  async function prepare(): Promise<void> {
    await mkdir(root, { recursive: true });
    for (const name of await readdir(root)) {
      const folder = path.join(root, name);
      if (ownerIsGone(name) || (await isStale(folder))) await rm(folder, { recursive: true, force: true });
    }
  }

  return {
    async open() {
      ready ??= prepare().catch((error) => {
        ready = undefined;
        throw error;
      });
      await ready;
      // Each time: a process that sat idle for days looks stale to another.
      await mkdir(own, { recursive: true });
      const folder = await mkdtemp(path.join(own, 'work-'));
      return {
        path: folder,
        [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
      };
    },
  };
}

async function isStale(folder: string): Promise<boolean> {
  const found = await stat(folder).catch(() => null);
  return found !== null && found.mtimeMs < Date.now() - STALE_MS;
}
