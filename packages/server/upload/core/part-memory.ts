/**
 * Memory for the parts of all uploads, at most `limit` bytes: of those that arrive, and of those that wait to be hashed.
 * Who asks while there is none waits, first come, first served. Buffers are shared with the hashing thread and used again
 * and again, because fresh memory costs more than to copy a part.
 */
export class PartMemory {
  readonly #limit: number;
  /** bounded by: connections, of which each has one call under way */
  readonly #queue: { size: number; serve: (bytes: Buffer) => void }[] = [];
  /** bounded by: `limit`, as the next */
  readonly #free: Buffer[] = [];
  /** With whom to tell when it is taken; the longest kept first. bounded by: `limit` */
  readonly #kept = new Map<Buffer, () => void>();
  #allocated = 0;

  /** `limit` in bytes. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Bytes that are in use or ready to be. */
  get allocated(): number {
    return this.#allocated;
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
    if (size > this.#limit) throw new RangeError(`${size} bytes are more than all the memory for parts`);
    const { promise, resolve } = Promise.withResolvers<Buffer>();
    this.#queue.push({ size, serve: resolve });
    this.#serve();
    return promise;
  }

  /** Gives back a buffer that nobody reads or writes any more. */
  give(bytes: Buffer): void {
    this.#free.push(bytes);
    this.#serve();
  }

  /** Gives up a buffer that somebody may still read or write. */
  forget(bytes: Buffer): void {
    this.#allocated -= bytes.length;
    this.#serve();
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
      const bytes = this.#allocate(first.size);
      if (!bytes) return;
      this.#queue.shift();
      first.serve(bytes);
    }
  }

  #allocate(size: number): Buffer | null {
    const index = this.#free.findLastIndex((bytes) => bytes.length === size);
    if (index >= 0) return this.#free.splice(index, 1)[0]!;
    while (this.#allocated + size > this.#limit) if (!this.#makeRoom()) return null;
    this.#allocated += size;
    return Buffer.from(new SharedArrayBuffer(size));
  }

  /** Lets go of a buffer of another size that nobody uses, or else of the one that is kept longest. */
  #makeRoom(): boolean {
    const unused = this.#free.shift();
    if (unused) {
      this.#allocated -= unused.length;
      return true;
    }
    for (const [bytes, onTaken] of this.#kept) {
      this.#kept.delete(bytes);
      this.#allocated -= bytes.length;
      onTaken();
      return true;
    }
    return false;
  }
}
