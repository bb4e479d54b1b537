/** Beginning a call costs about as much time as so many bytes. */
const CALL_BYTES = 64 * 1024;

/**
 * Bytes of bodies that are taken in, and calls with bodies that are begun, before others get their turn. Libuv reads up to 2 MiB of a
 * connection at a time, and hundreds of connections in one turn of the event loop, so a hundred uploads that all have data at
 * hand would hold up every other call for a tenth of a second and more.
 */
export class TurnBudget {
  readonly #bytes: number;
  #left: number;
  #refill: NodeJS.Immediate | null = null;
  /** Calls that wait to begin. bounded by: connections, of which each has one call under way */
  readonly #waiting: (() => void)[] = [];

  /** `bytes` of all bodies together, in one turn of the event loop. */
  constructor(bytes: number) {
    this.#bytes = bytes;
    this.#left = bytes;
  }

  /** Notes bytes that came. False when it is others' turn: then nothing more should be read before the next one. */
  spend(bytes: number): boolean {
    this.#left -= bytes;
    this.#refill ??= setImmediate(() => this.#next());
    return this.#left > 0;
  }

  /** Resolves when a call may begin: at once, or, of those that wait, after those who came before it. */
  begin(): Promise<void> | undefined {
    if (this.#left > 0 && this.#waiting.length === 0) {
      this.spend(CALL_BYTES);
      return undefined;
    }
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  #next(): void {
    this.#refill = null;
    this.#left = this.#bytes;
    while (this.#left > 0 && this.#waiting.length > 0) {
      this.spend(CALL_BYTES);
      this.#waiting.shift()!();
    }
  }
}
