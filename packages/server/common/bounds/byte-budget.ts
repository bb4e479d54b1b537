/** Bytes that many may hold together, at most `limit`; who asks while there are not enough waits, first come, first served. */
export class ByteBudget {
  readonly #limit: number;
  /** bounded by: connections, of which each has one call under way */
  readonly #waiting = new Set<{ bytes: number; serve: () => void }>();
  #held = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get held(): number {
    return this.#held;
  }

  /**
   * Resolves with the function that gives the bytes back.
   * @param signal gives up waiting
   * @throws RangeError above the limit; the signal's reason
   */
  async take(bytes: number, signal: AbortSignal): Promise<() => void> {
    if (bytes > this.#limit) throw new RangeError(`${bytes} bytes are more than there are`);
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const mine = { bytes, serve: resolve };
    const leave = () => {
      // Behind one that asked for many there may be others who want few.
      if (this.#waiting.delete(mine)) this.#serve();
      reject(signal.reason);
    };
    signal.addEventListener('abort', leave, { once: true });
    this.#waiting.add(mine);
    this.#serve();
    await promise.finally(() => signal.removeEventListener('abort', leave));
    return () => {
      this.#held -= bytes;
      this.#serve();
    };
  }

  #serve(): void {
    for (const first of this.#waiting) {
      if (this.#held + first.bytes > this.#limit) return;
      this.#waiting.delete(first);
      this.#held += first.bytes;
      first.serve();
    }
  }
}
