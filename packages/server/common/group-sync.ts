/**
 * Lets many writers of one file share its flushes. A flush covers what was written before it began, so whoever asks
 * while one is running waits for the next, together with all others who do; there is never more than one waiting.
 */
export class GroupSync {
  readonly #flush: () => Promise<void>;
  #running: Promise<void> | null = null;
  #next: Promise<void> | null = null;

  /** @param flush makes durable all that is written when it is called, e.g. fdatasync */
  constructor(flush: () => Promise<void>) {
    this.#flush = flush;
  }

  /** Resolves when everything that was written before this call is durable. */
  sync(): Promise<void> {
    this.#next ??= this.#start(this.#running);
    return this.#next;
  }

  async #start(before: Promise<void> | null): Promise<void> {
    try {
      // Lost pages are reported to one flush only: when that fails, those who wrote meanwhile must not trust the next.
      await before;
    } catch (error) {
      this.#next = null;
      throw error;
    }
    this.#running = this.#next;
    this.#next = null;
    try {
      await this.#flush();
    } finally {
      this.#running = null;
    }
  }
}
