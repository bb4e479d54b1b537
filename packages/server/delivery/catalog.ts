import type { ObjectStore } from '../storage/index.ts';
import { type LocateOutput, locate } from './locate.ts';
import { type Representation, representationOf } from './representation.ts';
import { parseTarget } from './target.ts';

/** For so long an object is taken to be as it was: a deleted video vanishes that much later. */
const FRESH_MS = 1000;
const MAX_ENTRIES = 20_000;

interface Entry {
  representation: Representation;
  /** On the clock of `performance.now`. */
  checkedAt: number;
}

/** Remembers what play addresses mean, so that a popular one asks the store once a second. */
export class Catalog {
  readonly #store: ObjectStore;
  readonly #entries = new Map<string, Entry>();
  readonly #looking = new Map<string, Promise<Representation | null>>();

  readonly #locateOutput: LocateOutput;

  constructor(store: ObjectStore, locateOutput: LocateOutput) {
    this.#store = store;
    this.#locateOutput = locateOutput;
  }

  /** What is known for sure; undefined: `look`. */
  known(url: string): Representation | undefined {
    const entry = this.#entries.get(url);
    return entry && performance.now() - entry.checkedAt < FRESH_MS ? entry.representation : undefined;
  }

  /** What it meant turned out to be gone. */
  forget(url: string): void {
    this.#entries.delete(url);
  }

  /** Asks the store; null when there is nothing under this address. Rejects with what the store throws. */
  look(url: string): Promise<Representation | null> {
    const running = this.#looking.get(url);
    if (running) return running;
    const look = this.#look(url).finally(() => this.#looking.delete(url));
    this.#looking.set(url, look);
    return look;
  }

  async #look(url: string): Promise<Representation | null> {
    const target = parseTarget(url);
    const checkedAt = performance.now();
    const located = target && (await locate(target, this.#store, this.#locateOutput));
    const representation = located && representationOf(target, located, located.info);
    // Deleted first, so that the entry goes to the young end.
    const before = this.#entries.get(url)?.representation;
    this.#entries.delete(url);
    if (!representation) return null;
    const same = before?.etag === representation.etag ? before : representation;
    this.#entries.set(url, { representation: same, checkedAt });
    if (this.#entries.size > MAX_ENTRIES) this.#entries.delete(this.#entries.keys().next().value!);
    return same;
  }
}
