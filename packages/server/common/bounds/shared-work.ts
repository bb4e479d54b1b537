/**
 * Work that is done once for all who ask while it is under way. When the last of them has left before its end, the work is told:
 * it may stop where nobody would miss it.
 */
export class SharedWork<T> {
  readonly #left = new AbortController();
  readonly #result: Promise<T>;
  #asking = 0;

  /** @param work is given a signal that aborts when nobody waits any more */
  constructor(work: (abandoned: AbortSignal) => Promise<T>) {
    this.#result = work(this.#left.signal);
    // Those who ask hear of it; when nobody is left, nobody does.
    this.#result.catch(() => {});
  }

  /** Waits for the result. @throws what the work throws; the signal's reason */
  async join(signal?: AbortSignal): Promise<T> {
    if (!signal) {
      this.#asking++;
      return this.#result;
    }
    signal.throwIfAborted();
    this.#asking++;
    const { promise: leaving, reject } = Promise.withResolvers<never>();
    const leave = () => {
      reject(signal.reason);
      if (--this.#asking === 0) this.#left.abort(signal.reason);
    };
    signal.addEventListener('abort', leave, { once: true });
    try {
      return await Promise.race([this.#result, leaving]);
    } finally {
      signal.removeEventListener('abort', leave);
    }
  }
}
