import { BoundedMap } from '../../common/bounds/bounded-map.ts';
import type { SharedWork } from '../../common/bounds/shared-work.ts';
import type { ObjectStore } from '../../storage/index.ts';
import type { Hasher } from './hashing/hasher.ts';
import { PrefixHash } from './hashing/prefix-hash.ts';
import type { PartMemory } from './part-memory.ts';
import { RangeLocks } from './range-locks.ts';

/** What this process knows of an upload beside its rows; lost at a restart, and then only time is lost. */
export interface LiveUpload {
  hash: PrefixHash;
  locks: RangeLocks;
  /** The FinishUpload that is under way here. */
  finishing: SharedWork<FinishedUpload | null> | null;
  usedAt: number;
}

export interface FinishedUpload {
  /** Of the video or picture. */
  id: string;
  /** Object key of the file. */
  key: string;
}

export class LiveUploads {
  readonly #store: ObjectStore;
  readonly #memory: PartMemory;
  readonly #hasher: Hasher;
  readonly #uploads: BoundedMap<string, LiveUpload>;

  /** @param most uploads that are known of; of one beyond, what has come so far is hashed again in the end */
  constructor(store: ObjectStore, memory: PartMemory, hasher: Hasher, most: number) {
    this.#uploads = new BoundedMap(most, { mayGo: isIdle, onGone: ({ hash }) => hash.drop() });
    this.#hasher = hasher;
    this.#store = store;
    this.#memory = memory;
  }

  of(sessionId: string, now: number): LiveUpload {
    let live = this.#uploads.get(sessionId);
    if (!live) {
      const hash = new PrefixHash(this.#store.assembly(sessionId), this.#memory, this.#hasher);
      live = { hash, locks: new RangeLocks(), finishing: null, usedAt: now };
      this.#uploads.set(sessionId, live);
    }
    live.usedAt = now;
    return live;
  }

  forget(sessionId: string): void {
    this.#uploads.take(sessionId)?.hash.drop();
  }

  /** Forgets uploads that nobody has touched since then. */
  forgetIdle(usedBefore: number): void {
    for (const [sessionId, live] of this.#uploads) {
      if (live.usedAt < usedBefore && isIdle(live)) this.forget(sessionId);
    }
  }
}

function isIdle({ locks, hash, finishing }: LiveUpload): boolean {
  return locks.idle && hash.idle && !finishing;
}
