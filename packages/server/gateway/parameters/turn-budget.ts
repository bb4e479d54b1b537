/**
 * Bytes of bodies that are taken in before others get their turn. Libuv reads up to 2 MiB of a connection at a time, so a hundred
 * uploads that all have data at hand would hold up every other call for a tenth of a second and more.
 */
export class TurnBudget {
  readonly #bytes: number;
  #left: number;
  #refill: NodeJS.Immediate | null = null;

  /** `bytes` of all bodies together, in one turn of the event loop. */
  constructor(bytes: number) {
    this.#bytes = bytes;
    this.#left = bytes;
  }

  /** Notes bytes that came. False when it is others' turn: then nothing more should be read before the next one. */
  spend(bytes: number): boolean {
    this.#left -= bytes;
    this.#refill ??= setImmediate(() => {
      this.#refill = null;
      this.#left = this.#bytes;
    });
    return this.#left > 0;
  }
}
