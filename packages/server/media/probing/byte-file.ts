import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { sure } from './unsure.ts';

/** Bytes read of one file at most. The index of a film of ten hours is about 25 MiB. */
const MAX_TOTAL_BYTES = 48 * 1024 * 1024;

/** Read at once where less is asked for, because heads of boxes lie close together. */
const WINDOW_BYTES = 4096;

/** A local file read at positions, never more than a bounded part of it. Synchronous: for a thread of its own. */
export class ByteFile implements Disposable {
  /** bytes */
  readonly size: number;
  readonly #descriptor: number;
  #left = MAX_TOTAL_BYTES;
  #window: Buffer = Buffer.alloc(0);
  #windowAt = 0;

  constructor(path: string) {
    this.#descriptor = openSync(path, 'r');
    const stats = fstatSync(this.#descriptor);
    this.size = stats.isFile() ? stats.size : 0;
  }

  /**
   * @param offset of the first byte, from the beginning of the file
   * @throws Unsure where the file ends before, or when too much was read already
   */
  read(offset: number, length: number): Buffer {
    sure(offset >= 0 && length >= 0 && offset + length <= this.size, 'the file ends too early');
    const within = offset - this.#windowAt;
    if (within < 0 || within + length > this.#window.length) {
      const bytes = Math.max(length, Math.min(WINDOW_BYTES, this.size - offset));
      this.#left -= bytes;
      sure(this.#left >= 0, 'too much to read');
      this.#window = this.#fetch(offset, bytes);
      this.#windowAt = offset;
    }
    return this.#window.subarray(offset - this.#windowAt, offset - this.#windowAt + length);
  }

  #fetch(offset: number, length: number): Buffer {
    const buffer = Buffer.allocUnsafeSlow(length);
    let filled = 0;
    while (filled < length) {
      const read = readSync(this.#descriptor, buffer, filled, length - filled, offset + filled);
      sure(read > 0, 'the file became shorter');
      filled += read;
    }
    return buffer;
  }

  [Symbol.dispose](): void {
    closeSync(this.#descriptor);
  }
}
