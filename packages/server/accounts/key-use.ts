import type { Logger } from '../common/log.ts';
import type { Executor } from '../database/index.ts';
import { updateKeyUsed } from './keys.ts';

const HOUR_MS = 3600_000;

/**
 * Notes when keys were used last, to the hour: once an hour, key and process a row is written, and no call waits for it. A
 * write that fails is left to the next hour.
 */
export class KeyUse {
  readonly #db: Executor;
  readonly #log: Logger;
  /** The hour that was noted last, by SecretId. bounded by: keys there are, since only their calls are noted */
  readonly #noted = new Map<string, number>();
  /** bounded by: one write an hour and key */
  readonly #writing = new Set<Promise<void>>();

  constructor(db: Executor, log: Logger) {
    this.#db = db;
    this.#log = log;
  }

  /** To be called for calls that are proved to be the key's. */
  note(secretId: string, now: number): void {
    const hour = now - (now % HOUR_MS);
    if (this.#noted.get(secretId) === hour) return;
    this.#noted.set(secretId, hour);
    const written = updateKeyUsed(this.#db, secretId, hour)
      .catch((error: unknown) => this.#log.debug({ err: error, secretId }, 'the use of a key was not noted'))
      .finally(() => this.#writing.delete(written));
    this.#writing.add(written);
  }

  /** Resolves once what was noted is written. */
  async settled(): Promise<void> {
    await Promise.all(this.#writing);
  }
}
