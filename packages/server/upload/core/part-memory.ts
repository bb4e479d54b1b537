import { Arena } from './arena.ts';

/** A store that failed may still be sending what it was given, ms. */
const STILL_READ_MS = 10_000;

/**
 * Memory for the parts of all uploads, at most `limit` bytes: of those that arrive, and of those that wait to be hashed.
 * Who asks while there is none waits, first come, first served. It is shared with the hashing thread and used again
 * and again, because fresh memory costs more than to copy a part.
 */
export class PartMemory {
  readonly #arena: Arena;
  /** bounded by: connections, of which each has one call under way */
  readonly #queue: { size: number; serve: (bytes: Buffer) => void }[] = [];
  /** With whom to tell when it is taken; the longest kept first. bounded by: the arena */
  readonly #kept = new Map<Buffer, () => void>();

  /** `limit` in bytes. */
  constructor(limit: number) {
    this.#arena = new Arena(limit);
  }

  /** Bytes that are in use, or kept. */
  get allocated(): number {
    return this.#arena.used;
  }

  /** Parts that wait for memory. */
  get waiting(): number {
    return this.#queue.length;
  }

  /** Whether somebody waits. */
  get short(): boolean {
    return this.#queue.length > 0;
  }

  /** Resolves to a buffer of exactly this size, with any content, when it is its turn. @throws RangeError above the limit */
  take(size: number): Promise<Buffer> {
    if (size > this.#arena.size) throw new RangeError(`${size} bytes are more than all the memory for parts`);
    const { promise, resolve } = Promise.withResolvers<Buffer>();
    this.#queue.push({ size, serve: resolve });
    this.#serve();
    return promise;
  }

  /** Gives back a buffer that nobody reads or writes any more. */
  give(bytes: Buffer): void {
    this.#arena.give(bytes);
    this.#serve();
  }

  /** Gives back a buffer that a store may still read, though it has failed. */
  giveLater(bytes: Buffer): void {
    setTimeout(() => this.give(bytes), STILL_READ_MS).unref();
  }

  /** Keeps a buffer that could be done without, until `unkeep`; or until it is needed, which `onTaken` then tells. */
  keep(bytes: Buffer, onTaken: () => void): void {
    this.#kept.set(bytes, onTaken);
    this.#serve();
  }

  /** The buffer is the caller's again. */
  unkeep(bytes: Buffer): void {
    this.#kept.delete(bytes);
  }

  #serve(): void {
    for (let first = this.#queue[0]; first; first = this.#queue[0]) {
      const bytes = this.#cut(first.size);
      if (!bytes) return;
      this.#queue.shift();
      first.serve(bytes);
    }
  }

  /** Null when not even what is kept is enough. */
  #cut(size: number): Buffer | null {
    for (;;) {
      const bytes = this.#arena.cut(size);
      if (bytes || !this.#takeKept()) return bytes;
    }
  }

  #takeKept(): boolean {
    for (const [bytes, onTaken] of this.#kept) {
      this.#kept.delete(bytes);
      this.#arena.give(bytes);
      onTaken();
      return true;
    }
    return false;
  }
}
