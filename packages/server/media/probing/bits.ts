import { sure } from './unsure.ts';

/** Reads bit fields as codecs write them. Every method throws Unsure where the bytes end before the field does. */
export class Bits {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get left(): number {
    return this.#bytes.length * 8 - this.#at;
  }

  /** Unsigned, of at most 32 bits. */
  uint(length: number): number {
    sure(length <= this.left, 'a bit field beyond its end');
    let value = 0;
    for (let i = 0; i < length; i += 1) {
      const bit = (this.#bytes[this.#at >> 3]! >> (7 - (this.#at & 7))) & 1;
      value = value * 2 + bit;
      this.#at += 1;
    }
    return value;
  }

  flag(): boolean {
    return this.uint(1) === 1;
  }

  skip(length: number): void {
    sure(length <= this.left, 'a bit field beyond its end');
    this.#at += length;
  }

  /** Whether nothing but the end of a parameter set follows: a one, and zeros. */
  get isAtEnd(): boolean {
    const rest = new Bits(this.#bytes);
    rest.#at = this.#at;
    if (rest.left === 0 || !rest.flag()) return false;
    while (rest.left > 0) if (rest.flag()) return false;
    return true;
  }

  /** Exp-Golomb, ue(v) of ITU-T H.264 and H.265. */
  ue(): number {
    let zeros = 0;
    while (!this.flag()) zeros += 1;
    sure(zeros < 32, 'an enormous figure');
    return 2 ** zeros - 1 + this.uint(zeros);
  }

  /** Exp-Golomb with a sign, se(v). */
  se(): number {
    const code = this.ue();
    return code % 2 === 1 ? (code + 1) / 2 : -code / 2;
  }
}

/** Takes out the bytes that keep a NAL unit from holding a start code: 0 0 3 becomes 0 0. */
export function withoutEscapes(nal: Uint8Array): Uint8Array {
  const plain: number[] = [];
  let zeros = 0;
  for (const byte of nal) {
    if (zeros >= 2 && byte === 3) {
      zeros = 0;
      continue;
    }
    zeros = byte === 0 ? zeros + 1 : 0;
    plain.push(byte);
  }
  return Uint8Array.from(plain);
}
