const FIRST_MS = 10;

/**
 * Calls `look` again and again: every `everyMs`, and after a `wake` at once more often, then less and less. A flow is
 * announced before its transaction commits, and nothing tells when that happens; looking after 10, 20, 40 … ms finds
 * it soon after a quick commit, and never later than the commit itself took, at next to no cost.
 */
export class Pacer {
  readonly #look: () => Promise<void>;
  readonly #everyMs: number;
  #delay: number;
  #timer: NodeJS.Timeout | undefined;
  /** When the next look is due; Infinity when none is planned. */
  #dueAt = Number.POSITIVE_INFINITY;
  #looking: Promise<void> | undefined;
  #stopped = false;

  /** `look` must not reject. */
  constructor(look: () => Promise<void>, everyMs: number) {
    this.#look = look;
    this.#everyMs = everyMs;
    this.#delay = everyMs;
  }

  wake(): void {
    this.#delay = FIRST_MS;
    // A look that is due anyway is not put off: a steady stream of wakes would leave none.
    if (performance.now() + FIRST_MS < this.#dueAt) this.#plan();
  }

  /** Resolves when a look that is under way has ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#looking;
  }

  #plan(): void {
    if (this.#stopped || this.#looking) return;
    clearTimeout(this.#timer);
    this.#dueAt = performance.now() + this.#delay;
    this.#timer = setTimeout(() => {
      this.#dueAt = Number.POSITIVE_INFINITY;
      this.#looking = this.#look().then(() => {
        this.#looking = undefined;
        this.#plan();
      });
    }, this.#delay);
    this.#delay = Math.min(this.#delay * 2, this.#everyMs);
  }
}
