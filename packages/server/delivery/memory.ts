/** Bytes held for somebody who is sending them; `release` exactly once. */
export interface Lease {
  bytes: Buffer;
  /** The same as a latin1 string, when it is short: an answer of one string is one system call. */
  text: string | null;
  release(): void;
}

interface Entry {
  bytes: Buffer;
  text: string | null;
  users: number;
}

/** Larger resources are read from the store each time; a segment of 10 s at 6 Mbit/s fits. */
const MAX_ENTRY_BYTES = 8 * 1024 ** 2;
/** Small enough that the kernel takes it at once, whatever the client does. */
export const MAX_TEXT_BYTES = 64 * 1024;
/** What an entry takes beside its bytes: a slice may be a single one. */
const ENTRY_BYTES = 1024;
/** How many addresses it remembers to have been asked for once. */
const MAX_SEEN = 20_000;

/** What keeping a slice of `size` bytes takes. Bytes. */
export function costOf(size: number): number {
  return ENTRY_BYTES + (size <= MAX_TEXT_BYTES ? 2 * size : size);
}

/**
 * Keeps the slices that are played most in memory, the least recently used given up first, never more than a budget:
 * what is being sent counts and cannot be given up, so slow clients cannot make it grow.
 * A slice is kept from its second request on, because most are played once.
 */
export class Memory {
  readonly #budget: number;
  /** bounded by: `budget` */
  readonly #entries = new Map<string, Entry>();
  /** bounded by: requests under way, of which a connection has one */
  readonly #loading = new Map<string, Promise<boolean>>();
  /** bounded by: MAX_SEEN */
  readonly #seen = new Set<string>();
  #bytes = 0;

  /** `budget` in bytes; 0 keeps nothing. */
  constructor(budget: number) {
    this.#budget = budget;
  }

  /** Bytes held now. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Null when they are not here. */
  take(id: string): Lease | null {
    const entry = this.#entries.get(id);
    if (!entry) return null;
    this.#entries.delete(id);
    this.#entries.set(id, entry);
    entry.users += 1;
    const release = () => {
      entry.users -= 1;
    };
    return { bytes: entry.bytes, text: entry.text, release };
  }

  /** Like `take`, but gets them by `load` when they are worth keeping. Rejects with what `load` throws. */
  async takeOrLoad(id: string, size: number, load: () => Promise<Buffer>): Promise<Lease | null> {
    const here = this.take(id);
    if (here) return here;
    const cost = costOf(size);
    if (size > MAX_ENTRY_BYTES || cost > this.#budget || !this.#isSecondRequest(id)) return null;
    let loading = this.#loading.get(id);
    if (!loading) {
      if (!this.#makeRoom(cost)) return null;
      this.#bytes += cost;
      loading = this.#load(id, size, load).finally(() => this.#loading.delete(id));
      this.#loading.set(id, loading);
    }
    return (await loading) ? this.take(id) : null;
  }

  async #load(id: string, size: number, load: () => Promise<Buffer>): Promise<boolean> {
    try {
      const bytes = await load();
      if (bytes.length !== size) throw new Error(`${bytes.length} bytes of ${id}, not ${size}`);
      const text = size <= MAX_TEXT_BYTES ? bytes.toString('latin1') : null;
      this.#entries.set(id, { bytes, text, users: 0 });
      return true;
    } catch (error) {
      this.#bytes -= costOf(size);
      throw error;
    }
  }

  #isSecondRequest(id: string): boolean {
    if (this.#seen.delete(id)) return true;
    if (this.#loading.has(id)) return true;
    this.#seen.add(id);
    if (this.#seen.size > MAX_SEEN) this.#seen.delete(this.#seen.keys().next().value!);
    return false;
  }

  #makeRoom(cost: number): boolean {
    for (const [id, entry] of this.#entries) {
      if (this.#bytes + cost <= this.#budget) break;
      if (entry.users > 0) continue;
      this.#entries.delete(id);
      this.#bytes -= costOf(entry.bytes.length);
    }
    return this.#bytes + cost <= this.#budget;
  }
}
