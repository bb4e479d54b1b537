import { lstat, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { Unchanged } from '../clocks/unchanged.ts';

/** What nobody has touched for so long is nobody's, ms. Who works on something touches it more often. */
export const LEFT_MS = 30 * 60_000;
/** How often is looked, ms. */
const LOOK_MS = 5 * 60_000;
/** How often a process says that it still uses what is its own, ms. */
const SIGN_OF_LIFE_MS = 60_000;

/** Removes from a folder, while the service runs, what processes that were killed have left there. */
export class Leftovers {
  readonly #folder: string;
  readonly #isLeft: (name: string) => boolean | undefined;
  readonly #unchanged: Unchanged;
  #timer: NodeJS.Timeout | undefined;
  #alive: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;

  /**
   * @param isLeft for what can be known by its name: true goes at once, false stays
   * @param unchanged by default `LEFT_MS` of it
   */
  constructor(
    folder: string,
    isLeft: (name: string) => boolean | undefined = () => undefined,
    unchanged = new Unchanged(LEFT_MS),
  ) {
    this.#folder = folder;
    this.#isLeft = isLeft;
    this.#unchanged = unchanged;
  }

  /**
   * Looks at once, and from then on every few minutes.
   * @param giveSign touches what this process uses and does not write to for long, for the other processes on this folder
   */
  start(giveSign?: () => Promise<void>): void {
    if (giveSign) this.#alive ??= setInterval(() => void giveSign(), SIGN_OF_LIFE_MS).unref();
    this.#timer ??= setInterval(() => void this.#look(), LOOK_MS).unref();
    void this.#look();
  }

  /** Resolves when a look that is under way has ended. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    clearInterval(this.#alive);
    this.#timer = undefined;
    this.#alive = undefined;
    await this.#looking;
  }

  /** One look. What cannot be looked at or removed now is there at the next. */
  async sweep(): Promise<void> {
    const marks = new Map<string, string>();
    const doomed: string[] = [];
    for (const name of await readdir(this.#folder)) {
      const isLeft = this.#isLeft(name);
      const info = isLeft === undefined && (await lstat(path.join(this.#folder, name)).catch(() => null));
      if (isLeft) doomed.push(name);
      else if (info) marks.set(name, `${info.mtimeMs} ${info.ctimeMs} ${info.size}`);
    }
    doomed.push(...this.#unchanged.look(marks));
    for (const name of doomed) await rm(path.join(this.#folder, name), { recursive: true, force: true });
  }

  #look(): Promise<void> {
    this.#looking ??= this.sweep()
      .catch(() => {})
      .finally(() => {
        this.#looking = undefined;
      });
    return this.#looking;
  }
}
