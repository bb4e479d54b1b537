import type { Assembly } from '../../../storage/index.ts';
import type { PartMemory } from '../part-memory.ts';
import type { Range } from '../ranges.ts';
import type { Hasher, HashStream } from './hasher.ts';

interface Waiting {
  part: Range;
  /** Null: to be read back. */
  bytes: Buffer | null;
}

/**
 * The SHA-1 of an upload, computed while it is still coming, so that in the end only the last parts are left to do. Parts
 * count in the order of the file: from memory when they come nearly in that order and memory is not short, else they
 * are read back. Knows nothing after a restart and then begins anew.
 */
export class PrefixHash {
  readonly #assembly: Assembly;
  readonly #memory: PartMemory;
  /** bounded by: the stored parts of one file */
  readonly #waiting = new Map<number, Waiting>();
  readonly #hasher: Hasher;
  #hash: HashStream;
  /** Bytes that are in the hash. */
  #position = 0;
  #running: Promise<void> | null = null;

  constructor(assembly: Assembly, memory: PartMemory, hasher: Hasher) {
    this.#assembly = assembly;
    this.#memory = memory;
    this.#hasher = hasher;
    this.#hash = hasher.stream('sha1');
  }

  get idle(): boolean {
    return this.#running === null;
  }

  /** Tells of a stored part, which never changes any more. Its bytes, when given, go back to the memory afterwards. */
  add(part: Range, bytes: Buffer | null): void {
    const waiting: Waiting = { part, bytes };
    this.#waiting.set(part.offset, waiting);
    this.#running ??= this.#catchUp().finally(() => {
      this.#running = null;
    });
    // It has to wait for an earlier one.
    if (bytes && this.#waiting.get(part.offset) === waiting) {
      this.#memory.keep(bytes, () => {
        waiting.bytes = null;
      });
    }
  }

  /**
   * The SHA-1 as lower-case hex, of `parts`: all that are stored, in order and without gaps. Can be repeated.
   * Throws what `Assembly.read` throws.
   */
  async finish(parts: readonly Range[]): Promise<string> {
    while (this.#running) await this.#running;
    await this.#readBack(parts.filter(({ offset }) => offset >= this.#position));
    try {
      return await this.#hash.hex();
    } catch (error) {
      this.#beginAnew();
      throw error;
    }
  }

  /** Lets go of all memory. */
  drop(): void {
    for (const { bytes } of this.#waiting.values()) if (bytes) this.#giveBack(bytes);
    this.#waiting.clear();
    this.#hash.end();
  }

  async #catchUp(): Promise<void> {
    try {
      for (let next = this.#next(); next; next = this.#next()) {
        if (next.bytes) this.#take(next.bytes);
        else await this.#readBack([next.part]);
      }
    } catch {
      // `finish` meets the same fault and reports it.
    }
  }

  #next(): Waiting | undefined {
    const next = this.#waiting.get(this.#position);
    this.#waiting.delete(this.#position);
    return next;
  }

  /** Does not wait: orders take effect one after the other. A fault shows when the hash is asked for. */
  #take(bytes: Buffer): void {
    this.#memory.unkeep(bytes);
    this.#position += bytes.length;
    const giveBack = () => this.#memory.give(bytes);
    this.#hash.update(bytes).then(giveBack, giveBack);
  }

  #giveBack(bytes: Buffer): void {
    this.#memory.unkeep(bytes);
    this.#memory.give(bytes);
  }

  async #readBack(parts: readonly Range[]): Promise<void> {
    try {
      for await (const chunk of this.#assembly.read(parts)) await this.#hash.update(chunk);
      for (const { size } of parts) this.#position += size;
    } catch (error) {
      this.#beginAnew();
      throw error;
    }
  }

  /** After a fault it is not certain what is in the hash. */
  #beginAnew(): void {
    this.#hash.end();
    this.#hash = this.#hasher.stream('sha1');
    this.#position = 0;
  }
}
