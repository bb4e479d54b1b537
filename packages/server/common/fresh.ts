import type { Clock } from './clocks/clock.ts';

/** How long another process may take to notice a change, ms. */
const MAX_AGE_MS = 5000;

/**
 * Something small of the database in memory, read again when it is older than `MAX_AGE_MS`: asking for it costs no read, and
 * a flood of questions costs none either. What `load` needs is handed to `get`.
 */
export class Fresh<T, A extends unknown[] = []> {
  readonly #load: (...args: A) => Promise<T>;
  readonly #clock: Clock;
  #current: { value: T; readAt: number } | null = null;
  #loading: Promise<T> | null = null;
  #version = 0;

  constructor(load: (...args: A) => Promise<T>, clock: Clock) {
    this.#load = load;
    this.#clock = clock;
  }

  /** Those who ask while it is being read wait for the same reading. Rejects with what `load` threw. */
  get(...args: A): T | Promise<T> {
    if (this.#current) {
      const age = this.#clock() - this.#current.readAt;
      if (age >= 0 && age < MAX_AGE_MS) return this.#current.value;
    }
    this.#loading ??= this.#read(this.#version, args);
    return this.#loading;
  }

  /** To be called after every change, so that this process sees it at once. */
  forget(): void {
    this.#version++;
    this.#current = null;
    this.#loading = null;
  }

  async #read(version: number, args: A): Promise<T> {
    const readAt = this.#clock();
    try {
      const value = await this.#load(...args);
      // What was read before a change must not outlive it.
      if (version === this.#version) this.#current = { value, readAt };
      return value;
    } finally {
      if (version === this.#version) this.#loading = null;
    }
  }
}
