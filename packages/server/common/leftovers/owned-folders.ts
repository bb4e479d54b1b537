import { mkdir, mkdtemp, rm, rmdir, utimes } from 'node:fs/promises';
import path from 'node:path';
import { Leftovers } from './leftovers.ts';
import { ownerIsGone, ownerName } from './owner.ts';

/** A folder that is removed when it is disposed of. */
export type OwnedFolder = { path: string } & AsyncDisposable;

/**
 * Folders for work in progress below `root`, one a process and in it one a piece of work, however long that takes. Between `start` and
 * `stop`, what processes left that were killed is removed: at once when they are known to have ended, else when they have given no
 * sign of life for half an hour.
 */
export class OwnedFolders {
  readonly #root: string;
  readonly #own: string;
  readonly #leftovers: Leftovers;

  constructor(root: string) {
    this.#root = root;
    this.#own = path.join(root, ownerName());
    this.#leftovers = new Leftovers(root, (name) => {
      if (name === ownerName()) return false;
      return ownerIsGone(name) || undefined;
    });
  }

  async start(): Promise<void> {
    await mkdir(this.#root, { recursive: true });
    this.#leftovers.start(() => this.#giveSign());
  }

  async stop(): Promise<void> {
    await this.#leftovers.stop();
    // Empty, or in use until its users end.
    await rmdir(this.#own).catch(() => {});
  }

  /** Removes what is left over, now. */
  sweep(): Promise<void> {
    return this.#leftovers.sweep();
  }

  async open(): Promise<OwnedFolder> {
    await mkdir(this.#own, { recursive: true });
    const folder = await mkdtemp(path.join(this.#own, 'work-'));
    return {
      path: folder,
      [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
    };
  }

  async #giveSign(): Promise<void> {
    const now = new Date();
    // There is none yet, or the disk is away: then nobody sweeps it either.
    await utimes(this.#own, now, now).catch(() => {});
  }
}
