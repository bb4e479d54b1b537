/**
 * One piece of memory that buffers of any size are cut from and given back to. It is never more than its size, whatever is
 * asked of it, while memory that is asked of the system anew for each buffer is freed when the garbage collector comes to it.
 * Cuts from the beginning: what was never needed is never touched, and so takes nothing of the machine's memory.
 */
export class Arena {
  readonly #memory: SharedArrayBuffer;
  /** What is free, in order, no two of them side by side. bounded by: one more than the buffers in use */
  readonly #holes: { start: number; end: number }[];
  #used = 0;

  /** `size` in bytes. It is shared with threads, which read it where it is. */
  constructor(size: number) {
    this.#memory = new SharedArrayBuffer(size);
    this.#holes = [{ start: 0, end: size }];
  }

  get size(): number {
    return this.#memory.byteLength;
  }

  /** Bytes in use. */
  get used(): number {
    return this.#used;
  }

  /** A buffer of exactly this size, with any content; null while there is no hole for it. */
  cut(size: number): Buffer | null {
    const index = this.#holes.findIndex(({ start, end }) => end - start >= size);
    const hole = this.#holes[index];
    if (!hole) return null;
    const bytes = Buffer.from(this.#memory, hole.start, size);
    hole.start += size;
    if (hole.start === hole.end) this.#holes.splice(index, 1);
    this.#used += size;
    return bytes;
  }

  /** Takes a whole buffer back, once. */
  give({ byteOffset: start, length }: Buffer): void {
    if (length === 0) return;
    this.#used -= length;
    const end = start + length;
    const after = this.#holes.findIndex((hole) => hole.start >= end);
    const index = after < 0 ? this.#holes.length : after;
    const [before, next] = [this.#holes[index - 1], this.#holes[index]];
    if (before?.end === start) {
      before.end = end;
      if (next?.start !== end) return;
      before.end = next.end;
      this.#holes.splice(index, 1);
    } else if (next?.start === end) next.start = start;
    else this.#holes.splice(index, 0, { start, end });
  }
}
