import { createHash, type Hash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Assembly } from '../storage/index.ts';
import type { Range } from './ranges.ts';

/** The bytes of a part that is stored, while they are still in memory. */
export interface RetainedBytes {
  chunks: readonly Uint8Array[];
  /** To be called when they are needed no more. */
  release(): void;
}

/**
 * The SHA-1 of an upload, computed while it is still coming, so that in the end only the last parts are left to do. Parts
 * count in the order of the file, from memory when they come nearly in that order, else they are read back.
 * Knows nothing after a restart and then begins anew.
 */
export class PrefixHash {
  readonly #assembly: Assembly;
  readonly #waiting = new Map<number, { part: Range; retained: RetainedBytes | null }>();
  #hash: Hash = createHash('sha1');
  /** Bytes that are in the hash. */
  #position = 0;
  #running: Promise<void> | null = null;

  constructor(assembly: Assembly) {
    this.#assembly = assembly;
  }

  get idle(): boolean {
    return this.#running === null;
  }

  /** Tells of a stored part, which never changes any more. */
  add(part: Range, retained: RetainedBytes | null): void {
    this.#waiting.get(part.offset)?.retained?.release();
    this.#waiting.set(part.offset, { part, retained });
    this.#running ??= this.#catchUp().finally(() => {
      this.#running = null;
    });
  }

  /**
   * The SHA-1 as lower-case hex, of `parts`: all that are stored, in order and without gaps. Can be repeated.
   * Throws what `Assembly.read` throws.
   */
  async finish(parts: readonly Range[]): Promise<string> {
    while (this.#running) await this.#running;
    await this.#readBack(parts.filter(({ offset }) => offset >= this.#position));
    return this.#hash.copy().digest('hex');
  }

  /** Lets go of all memory. */
  drop(): void {
    for (const { retained } of this.#waiting.values()) retained?.release();
    this.#waiting.clear();
  }

  async #catchUp(): Promise<void> {
    try {
      for (let next = this.#next(); next; next = this.#next()) {
        if (next.retained) this.#take(next.part, next.retained);
        else await this.#readBack([next.part]);
        // Others want to be served too.
        await nextTurn();
      }
    } catch {
      // `finish` meets the same fault and reports it.
    }
  }

  #next() {
    const next = this.#waiting.get(this.#position);
    this.#waiting.delete(this.#position);
    return next;
  }

  #take(part: Range, retained: RetainedBytes): void {
    for (const chunk of retained.chunks) this.#hash.update(chunk);
    this.#position += part.size;
    retained.release();
  }

  async #readBack(parts: readonly Range[]): Promise<void> {
    try {
      for await (const chunk of this.#assembly.read(parts)) this.#hash.update(chunk);
      for (const { size } of parts) this.#position += size;
    } catch (error) {
      // Some of these bytes may be in the hash already.
      this.#hash = createHash('sha1');
      this.#position = 0;
      throw error;
    }
  }
}
