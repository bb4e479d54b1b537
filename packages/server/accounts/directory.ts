import type { Clock } from '../common/clock.ts';
import type { ApiKey, Application } from './types.ts';

/** How long another process may take to notice a new or a disabled key. */
const MAX_AGE_MS = 5000;

export interface Directory {
  keys: ReadonlyMap<string, ApiKey>;
  applications: ReadonlyMap<string, Application>;
}

/**
 * All keys and applications in memory, read again when they are older than `MAX_AGE_MS`: a call needs no read of the
 * database to know who it is, and a flood of made-up SecretIds costs none either.
 */
export class DirectoryCache {
  readonly #load: () => Promise<Directory>;
  readonly #clock: Clock;
  #current: Directory | null = null;
  #loadedAt = 0;
  #loading: Promise<Directory> | null = null;
  #version = 0;

  constructor(load: () => Promise<Directory>, clock: Clock) {
    this.#load = load;
    this.#clock = clock;
  }

  get(): Directory | Promise<Directory> {
    const age = this.#clock() - this.#loadedAt;
    if (this.#current && age >= 0 && age < MAX_AGE_MS) return this.#current;
    this.#loading ??= this.#read(this.#version);
    return this.#loading;
  }

  /** To be called after every change, so that this process sees it at once. */
  forget(): void {
    this.#version++;
    this.#current = null;
    this.#loading = null;
  }

  async #read(version: number): Promise<Directory> {
    const startedAt = this.#clock();
    try {
      const directory = await this.#load();
      // What was read before a change must not outlive it.
      if (version === this.#version) {
        this.#current = directory;
        this.#loadedAt = startedAt;
      }
      return directory;
    } finally {
      if (version === this.#version) this.#loading = null;
    }
  }
}
