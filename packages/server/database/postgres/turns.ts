/** Lets so many go on at a time, first come, first served. */
export class Turns {
  #free: number;
  /** bounded by: the pool's `maxWaiting`, and the time that one may wait */
  readonly #waiting = new Set<() => void>();

  constructor(atOnce: number) {
    this.#free = atOnce;
  }

  /** Resolves to false when it is nobody's turn for `ms`; else a turn was taken, to be given back by `give`. */
  take(ms: number): Promise<boolean> {
    if (this.#free > 0) {
      this.#free--;
      return Promise.resolve(true);
    }
    return new Promise((resolve) => {
      const go = () => {
        clearTimeout(timer);
        resolve(true);
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(go);
        resolve(false);
      }, ms);
      this.#waiting.add(go);
    });
  }

  give(): void {
    const [next] = this.#waiting;
    if (!next) {
      this.#free++;
      return;
    }
    this.#waiting.delete(next);
    next();
  }
}
