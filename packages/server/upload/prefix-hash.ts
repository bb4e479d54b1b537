import { createHash, type Hash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Assembly } from '../storage/index.ts';
import type { PartBuffers } from './part-buffers.ts';
import type { Range } from './ranges.ts';

/**
 * The SHA-1 of an upload, computed while it is still coming, so that in the end only the last parts are left to do. Parts
 * count in the order of the file, from memory when they come nearly in that order, else they are read back.
 * Knows nothing after a restart and then begins anew.
 */
export class PrefixHash {
  readonly #assembly: Assembly;
  readonly #buffers: PartBuffers;
  readonly #waiting = new Map<number, { part: Range; bytes: Buffer | null }>();
  #hash: Hash = createHash('sha1');
  /** Bytes that are in the hash. */
  #position = 0;
  #running: Promise<void> | null = null;

  constructor(assembly: Assembly, buffers: PartBuffers) {
    this.#assembly = assembly;
    this.#buffers = buffers;
  }

  get idle(): boolean {
    return this.#running === null;
  }

  /** Tells of a stored part, which never changes any more. Its bytes, when given, go back to the buffers afterwards. */
  add(part: Range, bytes: Buffer | null): void {
    this.#waiting.set(part.offset, { part, bytes });
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
    for (const { bytes } of this.#waiting.values()) if (bytes) this.#buffers.give(bytes);
    this.#waiting.clear();
  }

  async #catchUp(): Promise<void> {
    try {
      for (let next = this.#next(); next; next = this.#next()) {
        if (next.bytes) this.#take(next.bytes);
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

  #take(bytes: Buffer): void {
    this.#hash.update(bytes);
    this.#position += bytes.length;
    this.#buffers.give(bytes);
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
