import { sure } from './unsure.ts';

/** Reads big-endian fields one after another. Every method throws Unsure where the bytes end before the field does. */
export class Cursor {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** bytes */
  get left(): number {
    return this.#bytes.length - this.#at;
  }

  take(length: number): Buffer {
    sure(length >= 0 && length <= this.left, 'a field beyond its end');
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  skip(length: number): void {
    this.take(length);
  }

  /** Unsigned, of 1 to 6 bytes. */
  uint(length: number): number {
    return this.take(length).readUIntBE(0, length);
  }

  int32(): number {
    return this.take(4).readInt32BE(0);
  }

  /** Unsigned, and small enough for a number. */
  uint64(): number {
    const value = Number(this.take(8).readBigUInt64BE(0));
    sure(Number.isSafeInteger(value), 'an enormous figure');
    return value;
  }

  int64(): number {
    const value = Number(this.take(8).readBigInt64BE(0));
    sure(Number.isSafeInteger(value), 'an enormous figure');
    return value;
  }

  /** One character a byte. */
  text(length: number): string {
    return this.take(length).toString('latin1');
  }
}
