import { setTimeout as sleep } from 'node:timers/promises';

/** Nobody waits longer than this for what is being read, ms. */
const PATIENCE_MS = 500;
/** Once it did not come in time, nobody waits for this long, ms. */
const PAUSE_MS = 5000;

/**
 * Something small of the database for those who go on without it: when it does not answer, what was known last holds. Playback
 * asks for it with every request.
 */
export class LastKnown<T> {
  #value: { value: T } | null;
  /** On the monotonic clock, ms. */
  #pausedUntil = 0;

  /** `initial` holds until something was learnt; null: nothing does. */
  constructor(initial: { value: T } | null) {
    this.#value = initial;
  }

  /** What was just read. */
  learn(value: T): void {
    this.#value = { value };
  }

  /**
   * @param reading what ends with `learn`; not a promise when that was a moment ago
   * @returns a promise only while something is read. Rejects with what the reading threw when nothing was ever learnt
   */
  get(reading: unknown): T | Promise<T> {
    if (!(reading instanceof Promise)) return this.#value!.value;
    const known = this.#value;
    if (!known) return reading.then(() => this.#value!.value);
    // Whoever does not wait for it leaves nobody to hear how it failed.
    const read = reading.then(
      () => true,
      () => false,
    );
    return performance.now() < this.#pausedUntil ? known.value : this.#after(read);
  }

  async #after(read: Promise<boolean>): Promise<T> {
    const isRead = await Promise.race([read, sleep(PATIENCE_MS, false, { ref: false })]);
    if (!isRead) this.#pausedUntil = performance.now() + PAUSE_MS;
    return this.#value!.value;
  }
}
