/** What every answer may hold, however many there are: no client that reads is starved by those that do not. Bytes. */
export const LEAST_SHARE = 64 * 1024;

/**
 * Memory for what is on its way to players and not taken yet, of all answers together. Nobody waits for it: as it gets short,
 * shares get smaller, down to the least, so that clients that stop reading make others slower, not stand still. What is
 * held is at most the limit and a least share for each answer.
 */
export class InFlight {
  readonly #limit: number;
  #bytes = 0;
  #waiting = 0;

  /** `limit` in bytes. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Bytes that answers may hold now. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Answers whose client has not taken yet what was written. */
  get waiting(): number {
    return this.#waiting;
  }

  /** How many bytes an answer may hold, of the `wanted`; `give` them back when it has ended. */
  take(wanted: number): number {
    // An eighth of what is left: the last ones who take much leave something to those who come.
    const most = Math.max(LEAST_SHARE, Math.floor((this.#limit - this.#bytes) / 8));
    const share = Math.min(wanted, most);
    this.#bytes += share;
    return share;
  }

  give(share: number): void {
    this.#bytes -= share;
  }

  /** Counts an answer among those that wait for their clients until `taken` resolves. */
  async wait(taken: Promise<void>): Promise<void> {
    this.#waiting += 1;
    await taken;
    this.#waiting -= 1;
  }
}
