/**
 * How many different addresses came: a set that can be merged, so that hours add up to a day and nodes to a service. Up to
 * EXACT addresses it has them all (32 bits of a hash each); beyond, it is a HyperLogLog of REGISTERS bytes, whose standard
 * error is 1.04 / √REGISTERS, some 3 %. As text it is what a column holds: empty, `s` and the hashes, or `d` and the registers.
 */
const EXACT = 256;
const REGISTERS = 1024;
const INDEX_BITS = 10;

export class Visitors {
  /** bounded by: EXACT */
  #hashes: Set<number> | null = new Set();
  #registers: Uint8Array | null = null;

  /** @throws Error for what `text` never made */
  static of(text: string): Visitors {
    const visitors = new Visitors();
    if (text === '') return visitors;
    const bytes = Buffer.from(text.slice(1), 'base64');
    if (text[0] === 's' && bytes.length % 4 === 0) {
      for (let at = 0; at < bytes.length; at += 4) visitors.add(bytes.readInt32LE(at));
    } else if (text[0] === 'd' && bytes.length === REGISTERS) {
      visitors.#hashes = null;
      visitors.#registers = new Uint8Array(bytes);
    } else throw new Error('this is no set of visitors');
    return visitors;
  }

  /** @param hash of an address, see `hashOf` */
  add(hash: number): void {
    if (this.#hashes) {
      this.#hashes.add(hash);
      if (this.#hashes.size > EXACT) this.#dense();
      return;
    }
    const registers = this.#dense();
    const index = hash >>> (32 - INDEX_BITS);
    const rank = Math.min(Math.clz32(hash << INDEX_BITS) + 1, 32 - INDEX_BITS + 1);
    if (rank > registers[index]!) registers[index] = rank;
  }

  merge(other: Visitors): void {
    for (const hash of other.#hashes ?? []) this.add(hash);
    if (!other.#registers) return;
    const registers = this.#dense();
    for (const [index, rank] of other.#registers.entries()) {
      if (rank > registers[index]!) registers[index] = rank;
    }
  }

  get count(): number {
    if (this.#hashes) return this.#hashes.size;
    const registers = this.#dense();
    let sum = 0;
    let empty = 0;
    for (const rank of registers) {
      sum += 2 ** -rank;
      if (rank === 0) empty++;
    }
    const estimate = ((0.7213 / (1 + 1.079 / REGISTERS)) * REGISTERS ** 2) / sum;
    // Few of many registers in use: how many are not says more (linear counting).
    if (estimate <= 2.5 * REGISTERS && empty > 0) return Math.round(REGISTERS * Math.log(REGISTERS / empty));
    return Math.round(estimate);
  }

  toString(): string {
    if (this.#registers) return `d${Buffer.from(this.#registers).toString('base64')}`;
    const hashes = [...(this.#hashes ?? [])].sort((a, b) => a - b);
    return hashes.length === 0 ? '' : `s${Buffer.from(Int32Array.from(hashes).buffer).toString('base64')}`;
  }

  #dense(): Uint8Array {
    if (this.#registers) return this.#registers;
    const hashes = this.#hashes ?? [];
    this.#registers = new Uint8Array(REGISTERS);
    this.#hashes = null;
    for (const hash of hashes) this.add(hash);
    return this.#registers;
  }
}

/** Of an address: FNV-1a, and MurmurHash3's last step, without which its high bits differ too little. 32 bits, signed. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
