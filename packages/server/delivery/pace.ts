/** What answers write in one turn of the event loop, together: about a millisecond of the kernel's copying. Bytes. */
const TURN_BYTES = 8 * 1024 ** 2;

/**
 * How much of the event loop answers take. A thousand clients may be ready for more in the same turn: were all of them
 * served in it, everything else would stand still meanwhile. And Node accepts one connection a turn, in the order in which
 * they came: behind a crowd that comes in one moment the last waits for as many turns as the crowd is large, so turns in which
 * somebody came are short. Who may not write at once does so in one of the next turns, in the order of asking.
 */
export class Pace {
  #left = TURN_BYTES;
  #hasComer = false;
  #isScheduled = false;
  /** bounded by: answers under way, of which a connection has one */
  #waiting: { bytes: number; go: () => void }[] = [];

  /** Somebody has connected. */
  came(): void {
    this.#hasComer = true;
    this.#left = Math.min(this.#left, 1);
    this.#schedule();
  }

  /** Null: `bytes` may be written now; else a promise of the turn in which they may. */
  ask(bytes: number): Promise<void> | null {
    this.#schedule();
    if (this.#left > 0 && this.#waiting.length === 0) {
      this.#left -= bytes;
      return null;
    }
    return new Promise((go) => this.#waiting.push({ bytes, go }));
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => this.#turn());
  }

  #turn(): void {
    this.#isScheduled = false;
    // At least one piece goes out in each turn, however many come.
    this.#left = this.#hasComer ? 1 : TURN_BYTES;
    this.#hasComer = false;
    let served = 0;
    while (this.#left > 0 && served < this.#waiting.length) {
      const { bytes, go } = this.#waiting[served++]!;
      this.#left -= bytes;
      go();
    }
    if (served > 0) this.#waiting = this.#waiting.slice(served);
    if (this.#left < TURN_BYTES) this.#schedule();
  }
}
