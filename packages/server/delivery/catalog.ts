import type { ObjectStore } from '../storage/index.ts';
import { type LocateOutput, locate } from './locate.ts';
import { type Representation, representationOf } from './representation.ts';
import { addressOf, parseTarget } from './target.ts';

/** For so long an object is taken to be as it was: a deleted video vanishes that much later. */
const FRESH_MS = 1000;
/** Some 10,000 addresses. */
const MAX_BYTES = 16 * 1024 ** 2;
/** What an entry takes beside its own texts, measured. Bytes. */
const ENTRY_BYTES = 1200;

interface Entry {
  representation: Representation;
  /** On the clock of `performance.now`. */
  checkedAt: number;
}

/**
 * Remembers what play addresses mean, so that a popular one asks the store once a second. What chooses no bytes, such as
 * a signature in the query, makes no other entry; an address under which there is nothing makes none.
 */
export class Catalog {
  readonly #store: ObjectStore;
  readonly #locateOutput: LocateOutput;
  readonly #maxBytes: number;
  /** The one that was looked up longest ago first. bounded by: `maxBytes` */
  readonly #entries = new Map<string, Entry>();
  /** bounded by: requests under way, of which a connection has one */
  readonly #looking = new Map<string, Promise<Representation | null>>();
  #bytes = 0;

  /** `maxBytes`: what all entries may take together. */
  constructor(store: ObjectStore, locateOutput: LocateOutput, maxBytes: number = MAX_BYTES) {
    this.#store = store;
    this.#locateOutput = locateOutput;
    this.#maxBytes = maxBytes;
  }

  /** Bytes that the entries take, about. */
  get bytes(): number {
    return this.#bytes;
  }

  /** What is known for sure; undefined: `look`. */
  known(url: string): Representation | undefined {
    const entry = this.#entries.get(addressOf(url));
    return entry && performance.now() - entry.checkedAt < FRESH_MS ? entry.representation : undefined;
  }

  /** What it meant turned out to be gone. */
  forget(url: string): void {
    this.#drop(addressOf(url));
  }

  /** Asks the store; null when there is nothing under this address. Rejects with what the store throws. */
  look(url: string): Promise<Representation | null> {
    const address = addressOf(url);
    const running = this.#looking.get(address);
    if (running) return running;
    const look = this.#look(address).finally(() => this.#looking.delete(address));
    this.#looking.set(address, look);
    return look;
  }

  async #look(address: string): Promise<Representation | null> {
    const target = parseTarget(address);
    const checkedAt = performance.now();
    const located = target && (await locate(target, this.#store, this.#locateOutput));
    const representation = located && representationOf(target, located, located.info);
    const before = this.#drop(address);
    if (!representation) return null;
    const same = before?.etag === representation.etag ? before : representation;
    this.#entries.set(address, { representation: same, checkedAt });
    this.#bytes += costOf(address, same);
    for (const [oldest] of this.#entries) {
      if (this.#bytes <= this.#maxBytes) break;
      this.#drop(oldest);
    }
    return same;
  }

  #drop(address: string): Representation | undefined {
    const representation = this.#entries.get(address)?.representation;
    if (!representation) return undefined;
    this.#entries.delete(address);
    this.#bytes -= costOf(address, representation);
    return representation;
  }
}

function costOf(address: string, { key, id, etag }: Representation): number {
  return ENTRY_BYTES + address.length + key.length + id.length + etag.length;
}
