/** What a `BoundedMap` does when it is full. */
export interface Eviction<V> {
  /** Whether an entry can be done without now; all can, when left out. */
  mayGo?(value: V): boolean;
  /** Told of each entry that had to go, after it has gone. */
  onGone?(value: V): void;
}

/**
 * A map that callers of the service cannot grow: beyond `maxEntries` the entry that was used longest ago goes, of those that may.
 * Only entries that must stay, all of them in use, hold more than that.
 */
export class BoundedMap<K, V> {
  readonly #maxEntries: number;
  readonly #eviction: Eviction<V>;
  /** The one used longest ago first. bounded by: `maxEntries`, or what is in use */
  readonly #entries = new Map<K, V>();

  constructor(maxEntries: number, eviction: Eviction<V> = {}) {
    this.#maxEntries = maxEntries;
    this.#eviction = eviction;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Counts as a use. */
  get(key: K): V | undefined {
    const value = this.#entries.get(key);
    if (value === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, value);
    return value;
  }

  set(key: K, value: V): void {
    this.#entries.delete(key);
    this.#makeRoom();
    this.#entries.set(key, value);
  }

  /** Takes an entry out; undefined when there is none. */
  take(key: K): V | undefined {
    const value = this.#entries.get(key);
    this.#entries.delete(key);
    return value;
  }

  /** Entries, the one used longest ago first; to look at them is no use. */
  [Symbol.iterator](): IterableIterator<[K, V]> {
    return this.#entries.entries();
  }

  #makeRoom(): void {
    const { mayGo = () => true, onGone } = this.#eviction;
    for (const [key, value] of this.#entries) {
      if (this.#entries.size < this.#maxEntries) return;
      if (!mayGo(value)) continue;
      this.#entries.delete(key);
      onGone?.(value);
    }
  }
}
