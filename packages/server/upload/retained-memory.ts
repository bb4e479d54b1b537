/** How much may be kept in memory to save reading it back; whoever gets none does without. */
export class RetainedMemory {
  #free: number;

  constructor(bytes: number) {
    this.#free = bytes;
  }

  /** Gives so many bytes back: the returned function, which may be called more than once. Null when too few are free. */
  take(bytes: number): (() => void) | null {
    if (bytes > this.#free) return null;
    this.#free -= bytes;
    let held = bytes;
    return () => {
      this.#free += held;
      held = 0;
    };
  }
}
