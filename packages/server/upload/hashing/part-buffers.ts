/**
 * Memory for parts that are on their way or wait to be hashed, used again and again: fresh memory for every chunk
 * costs more than to copy it. At most `limit` bytes; whoever gets none does without.
 */
export class PartBuffers {
  readonly #limit: number;
  readonly #free: Buffer[] = [];
  #allocated = 0;

  /** `limit` in bytes. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** A buffer of exactly this size with any content, in shared memory, or null. */
  take(size: number): Buffer | null {
    const index = this.#free.findLastIndex((buffer) => buffer.length === size);
    if (index >= 0) return this.#free.splice(index, 1)[0]!;
    // Those of other sizes make room, the longest unused first.
    while (this.#allocated + size > this.#limit && this.#free.length > 0) this.forget(this.#free.shift()!);
    if (this.#allocated + size > this.#limit) return null;
    this.#allocated += size;
    return Buffer.from(new SharedArrayBuffer(size));
  }

  /** Gives back a buffer that nobody reads or writes any more. */
  give(buffer: Buffer): void {
    this.#free.push(buffer);
  }

  /** Gives up a buffer that somebody may still read or write. */
  forget(buffer: Buffer): void {
    this.#allocated -= buffer.length;
  }
}
