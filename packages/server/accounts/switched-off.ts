import { setTimeout as sleep } from 'node:timers/promises';
import type { Application } from './types.ts';

/** Playback does not wait longer than this for the database to say who is switched off, ms. */
const PATIENCE_MS = 500;
/** Once it did not say so in time, nobody waits for this long, ms. */
const PAUSE_MS = 5000;

/**
 * Which applications are switched off, for playback, which goes on without the database: when that does not answer, what was
 * known last holds.
 */
export class SwitchedOff {
  /** bounded by: applications, which operators make */
  #known: ReadonlySet<string> = new Set();
  /** On the monotonic clock, ms. */
  #pausedUntil = 0;

  /** What was just read. */
  learn(applications: Iterable<Application>): void {
    this.#known = new Set([...applications].flatMap((one) => (one.switchedOff ? one.appId : [])));
  }

  /** @param reading what ends with `learn`; not a promise when that was a moment ago */
  has(appId: string, reading: unknown): boolean | Promise<boolean> {
    if (!(reading instanceof Promise)) return this.#known.has(appId);
    const read = reading.then(
      () => true,
      () => false,
    );
    return performance.now() < this.#pausedUntil ? this.#known.has(appId) : this.#after(appId, read);
  }

  async #after(appId: string, read: Promise<boolean>): Promise<boolean> {
    const isRead = await Promise.race([read, sleep(PATIENCE_MS, false, { ref: false })]);
    if (!isRead) this.#pausedUntil = performance.now() + PAUSE_MS;
    return this.#known.has(appId);
  }
}
