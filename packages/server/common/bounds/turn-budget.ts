/** What is left of a turn in which somebody connected. */
const CROWDED = 1 / 4;

/**
 * What may be done in one turn of the event loop before others get theirs, counted in bytes. Hundreds of connections may all have
 * data at hand in one turn, or be ready for more: were all of them served in it, everything else would stand still meanwhile. And Node accepts
 * one connection a turn, in the order in which they came: behind a crowd that comes in one moment the last waits for as many turns as
 * the crowd is large, so turns in which somebody connected are shorter. Who may not go on at once does so in one of the next turns, in the
 * order of asking.
 */
export class TurnBudget {
  readonly #bytes: number;
  #left: number;
  #hasComer = false;
  #refill: NodeJS.Immediate | null = null;
  /** bounded by: connections, of which each has one call or answer under way */
  #waiting: { bytes: number; go: () => void }[] = [];

  /** `bytes` of all together, in one turn. */
  constructor(bytes: number) {
    this.#bytes = bytes;
    this.#left = bytes;
  }

  /** Somebody has connected. */
  came(): void {
    this.#hasComer = true;
    this.#left = Math.min(this.#left, this.#bytes * CROWDED);
    this.#refillLater();
  }

  /** Notes bytes that came. False when it is others' turn: then nothing more should be read before the next one. */
  spend(bytes: number): boolean {
    this.#left -= bytes;
    this.#refillLater();
    return this.#left > 0;
  }

  /** Null: what costs so many bytes may be done now; else a promise of the turn in which it may. */
  ask(bytes: number): Promise<void> | null {
    if (this.#left > 0 && this.#waiting.length === 0) {
      this.spend(bytes);
      return null;
    }
    return new Promise((go) => this.#waiting.push({ bytes, go }));
  }

  #refillLater(): void {
    this.#refill ??= setImmediate(() => this.#next());
  }

  #next(): void {
    this.#refill = null;
    this.#left = this.#bytes;
    // The next one in the line is accepted before the turn that begins now ends.
    if (this.#hasComer) this.came();
    this.#hasComer = false;
    // At least one goes on in each turn, however many come.
    let served = 0;
    while (this.#left > 0 && served < this.#waiting.length) {
      const { bytes, go } = this.#waiting[served++]!;
      this.spend(bytes);
      go();
    }
    if (served > 0) this.#waiting = this.#waiting.slice(served);
  }
}
