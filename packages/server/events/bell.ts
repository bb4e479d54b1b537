/** First pause after a ring. */
const SOON_MS = 5;
/** Longest pause: how soon a node hears of what another one wrote. */
const SELDOM_MS = 500;

/**
 * Tells those who wait for events when to look into the database. An event is announced before its transaction
 * commits, and other nodes do not announce theirs at all; so a ring makes everybody look soon, then again after
 * pauses that double, up to twice a second.
 */
export class Bell {
  #rings = 0;
  /** bounded by: the queues that are sent, and callers who wait, each on a connection */
  readonly #waiting = new Set<() => void>();

  ring(): void {
    this.#rings += 1;
    for (const wake of [...this.#waiting]) wake();
  }

  /** A listener of one's own; it has heard all rings until now. */
  listener(): Listener {
    let heard = this.#rings;
    let pause = SELDOM_MS;
    return {
      pause: async (maxMs, signal) => {
        if (heard === this.#rings) await this.#sleep(Math.min(pause, maxMs), signal);
        pause = heard === this.#rings ? Math.min(pause * 2, SELDOM_MS) : SOON_MS;
        heard = this.#rings;
      },
    };
  }

  #sleep(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted || ms <= 0) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        this.#waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      signal.addEventListener('abort', wake);
      this.#waiting.add(wake);
    });
  }
}

export interface Listener {
  /** Resolves when it is time to look again: after a pause, at a ring, at once when it rang since the last look, or on abort. */
  pause(maxMs: number, signal: AbortSignal): Promise<void>;
}
