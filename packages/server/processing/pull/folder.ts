import { mkdir, readdir, rm, utimes } from 'node:fs/promises';
import path from 'node:path';
import { Leftovers } from '../../common/leftovers/leftovers.ts';
import { PartialFile } from './partial-file.ts';

/** How often a process says that it still needs what it works on, ms. */
const SIGN_OF_LIFE_MS = 60_000;

/** The files of one pull, in the making. What is not removed is there for who goes on with it. */
export interface PullFiles extends Disposable {
  /** @param name what it is, when there are several */
  open<T>(name: string): Promise<PartialFile<T>>;
  /** Where a file may be made that is of no use to who comes after; removed with the others. */
  pathOf(name: string): string;
  remove(): Promise<void>;
}

/**
 * Where files lie while they are being pulled. Unlike other work in progress they outlive a worker that is killed: its successor on
 * this machine goes on with them. What nobody has touched for half an hour is nobody's, and goes.
 */
export class PullFolder {
  readonly #root: string;
  /** bounded by: the flows that this process works on */
  readonly #inUse = new Set<string>();
  readonly #leftovers: Leftovers;
  #alive: NodeJS.Timeout | undefined;

  constructor(
    root: string,
    leftovers = (isUsed: (name: string) => false | undefined) => new Leftovers(root, isUsed),
  ) {
    this.#root = root;
    this.#leftovers = leftovers((name) => (this.#isInUse(name) ? false : undefined));
  }

  async start(): Promise<void> {
    await mkdir(this.#root, { recursive: true });
    this.#alive ??= setInterval(() => void this.#giveSign(), SIGN_OF_LIFE_MS).unref();
    this.#leftovers.start();
  }

  async stop(): Promise<void> {
    clearInterval(this.#alive);
    this.#alive = undefined;
    await this.#leftovers.stop();
  }

  /** Removes what is left over, now. */
  sweep(): Promise<void> {
    return this.#leftovers.sweep();
  }

  /** The files of a flow, which nobody sweeps until they are disposed of. */
  take(flowId: string): PullFiles {
    const root = this.#root;
    this.#inUse.add(flowId);
    return {
      async open(name) {
        await mkdir(root, { recursive: true });
        return PartialFile.open(root, `${flowId}.${name}`);
      },
      pathOf: (name) => path.join(root, `${flowId}.${name}`),
      remove: () => this.remove(flowId),
      [Symbol.dispose]: () => void this.#inUse.delete(flowId),
    };
  }

  /** Removes all files of a flow. */
  async remove(flowId: string): Promise<void> {
    for (const name of await this.#names()) {
      if (flowOf(name) === flowId) await rm(path.join(this.#root, name), { recursive: true, force: true });
    }
  }

  #isInUse(name: string): boolean {
    return this.#inUse.has(flowOf(name));
  }

  async #names(): Promise<string[]> {
    return readdir(this.#root).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
  }

  /** For the other processes on this folder. */
  async #giveSign(): Promise<void> {
    const now = new Date();
    for (const name of await this.#names().catch(() => [])) {
      if (this.#isInUse(name)) await utimes(path.join(this.#root, name), now, now).catch(() => {});
    }
  }
}

/** Ids of flows have no dot. */
function flowOf(name: string): string {
  return name.slice(0, name.indexOf('.'));
}
