interface Entry<V> {
  value: V;
  /** Since it came, or was spared last. */
  isUsed: boolean;
}

/**
 * A map whose entries together take no more than a budget: beyond it those go that came first and were not used since. To use one
 * costs no more than to look it up.
 */
export class SizedMap<V> {
  readonly #budget: number;
  readonly #costOf: (value: V) => number;
  /** The one that came, or was spared, longest ago first. bounded by: `budget` */
  readonly #entries = new Map<string, Entry<V>>();
  #bytes = 0;

  /** `budget` in bytes; `costOf` what a value takes, bytes, the same whenever it is asked. */
  constructor(budget: number, costOf: (value: V) => number) {
    this.#budget = budget;
    this.#costOf = costOf;
  }

  /** Bytes that the entries take. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Counts as a use. */
  get(key: string): V | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    entry.isUsed = true;
    return entry.value;
  }

  /** What is larger than the whole budget is not kept. */
  set(key: string, value: V): void {
    this.#drop(key);
    const cost = this.#cost(key, value);
    if (cost > this.#budget) return;
    this.#makeRoom(this.#budget - cost);
    this.#entries.set(key, { value, isUsed: false });
    this.#bytes += cost;
  }

  /** Until no more is held than `most`, bytes; ends, as nobody uses any meanwhile. */
  #makeRoom(most: number): void {
    for (const [oldest, entry] of this.#entries) {
      if (this.#bytes <= most) return;
      if (entry.isUsed) {
        entry.isUsed = false;
        this.#entries.delete(oldest);
        this.#entries.set(oldest, entry);
      } else {
        this.#drop(oldest);
      }
    }
  }

  #drop(key: string): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.#entries.delete(key);
    this.#bytes -= this.#cost(key, entry.value);
  }

  #cost(key: string, value: V): number {
    return key.length + this.#costOf(value);
  }
}
