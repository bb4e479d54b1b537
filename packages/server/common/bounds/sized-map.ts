/** A map whose entries together take no more than a budget: beyond it the entry that was used longest ago goes. */
export class SizedMap<V> {
  readonly #budget: number;
  readonly #costOf: (value: V) => number;
  /** The one used longest ago first. bounded by: `budget` */
  readonly #entries = new Map<string, V>();
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
    const value = this.#entries.get(key);
    if (value === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, value);
    return value;
  }

  /** What is larger than the whole budget is not kept. */
  set(key: string, value: V): void {
    this.#drop(key);
    const cost = this.#cost(key, value);
    if (cost > this.#budget) return;
    this.#entries.set(key, value);
    this.#bytes += cost;
    for (const [oldest] of this.#entries) {
      if (this.#bytes <= this.#budget) break;
      this.#drop(oldest);
    }
  }

  #drop(key: string): void {
    const value = this.#entries.get(key);
    if (value === undefined) return;
    this.#entries.delete(key);
    this.#bytes -= this.#cost(key, value);
  }

  #cost(key: string, value: V): number {
    return key.length + this.#costOf(value);
  }
}
