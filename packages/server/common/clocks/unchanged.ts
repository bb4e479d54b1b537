/**
 * Tells what has not changed for some time, by looking again and again and by a clock that does not jump: times that files carry are
 * those of another clock, perhaps of another machine.
 */
export class Unchanged {
  readonly #ms: number;
  readonly #now: () => number;
  /** bounded by: what was there at the last look */
  #seen = new Map<string, { mark: string; since: number }>();

  /** @param now monotonic, ms */
  constructor(ms: number, now: () => number = () => performance.now()) {
    this.#ms = ms;
    this.#now = now;
  }

  /**
   * @param marks what there is now, by name, each with something that changes when it does
   * @returns the names of those that have been the same for `ms`
   */
  look(marks: ReadonlyMap<string, string>): string[] {
    const now = this.#now();
    const before = this.#seen;
    this.#seen = new Map();
    for (const [name, mark] of marks) {
      const known = before.get(name);
      this.#seen.set(name, known?.mark === mark ? known : { mark, since: now });
    }
    return [...this.#seen].filter(([, { since }]) => now - since >= this.#ms).map(([name]) => name);
  }
}
