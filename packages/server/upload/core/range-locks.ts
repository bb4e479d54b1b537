import { overlap, type Range } from './ranges.ts';

/** Lets writers of one file work at the same time as long as their ranges do not overlap. */
export class RangeLocks {
  /** bounded by: parts in the memory for parts */
  readonly #held = new Set<{ range: Range; released: Promise<void> }>();

  get idle(): boolean {
    return this.#held.size === 0;
  }

  /** Waits until nobody else has a byte of `range`; resolves with the function that gives it back. */
  async acquire(range: Range): Promise<() => void> {
    for (let other = this.#holder(range); other; other = this.#holder(range)) await other.released;
    const { promise: released, resolve } = Promise.withResolvers<void>();
    const mine = { range, released };
    this.#held.add(mine);
    return () => {
      this.#held.delete(mine);
      resolve();
    };
  }

  #holder(range: Range) {
    for (const held of this.#held) if (overlap(held.range, range)) return held;
    return undefined;
  }
}
