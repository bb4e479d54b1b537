/** The first 64 bits of a digest, in two halves. */
export interface Fingerprint {
  high: number;
  low: number;
}

/** Tables that share the members among them: one that has become too small is made anew in a ms or two, however many there are. */
const TABLES = 256;
const FIRST_CAPACITY = 16;

/**
 * A set of 64-bit fingerprints in flat arrays (open addressing): about 16 bytes a member and nothing for the garbage
 * collector to walk through, where a Set of strings needs 80 and stops at 16 million.
 */
export class FingerprintSet {
  readonly #tables = Array.from({ length: TABLES }, () => new Table());

  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** False when it was there already. */
  add(fingerprint: Fingerprint): boolean {
    const isNew = this.#tables[fingerprint.high % TABLES]!.add(fingerprint);
    if (isNew) this.#size += 1;
    return isNew;
  }
}

class Table {
  #high = new Uint32Array(FIRST_CAPACITY);
  #low = new Uint32Array(FIRST_CAPACITY);
  #size = 0;

  add({ high, low }: Fingerprint): boolean {
    // Two zeros mark a free place, so the one fingerprint that looks like it becomes its neighbour.
    const member = high === 0 && low === 0 ? 1 : low;
    const place = this.#find(high, member);
    if (this.#low[place] !== 0 || this.#high[place] !== 0) return false;
    this.#high[place] = high;
    this.#low[place] = member;
    if (++this.#size * 4 > this.#low.length * 3) this.#grow();
    return true;
  }

  /** Its place, or the free one where it belongs. */
  #find(high: number, low: number): number {
    const mask = this.#low.length - 1;
    let place = low & mask;
    while (
      (this.#low[place] !== low || this.#high[place] !== high) &&
      (this.#low[place] !== 0 || this.#high[place] !== 0)
    ) {
      place = (place + 1) & mask;
    }
    return place;
  }

  #grow(): void {
    const high = this.#high;
    const low = this.#low;
    this.#high = new Uint32Array(high.length * 2);
    this.#low = new Uint32Array(low.length * 2);
    for (let i = 0; i < low.length; i++) {
      if (high[i] === 0 && low[i] === 0) continue;
      const place = this.#find(high[i]!, low[i]!);
      this.#high[place] = high[i]!;
      this.#low[place] = low[i]!;
    }
  }
}
