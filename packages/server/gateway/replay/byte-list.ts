const FIRST_BYTES = 1024;

/** Bytes that are added to again and again, in one piece of memory that doubles. */
export class ByteList {
  #memory = Buffer.alloc(FIRST_BYTES);
  #size = 0;

  add(bytes: Uint8Array): void {
    while (this.#size + bytes.length > this.#memory.length) {
      this.#memory = Buffer.concat([this.#memory], this.#memory.length * 2);
    }
    this.#memory.set(bytes, this.#size);
    this.#size += bytes.length;
  }

  /** All of them, until the next is added. */
  get bytes(): Buffer {
    return this.#memory.subarray(0, this.#size);
  }
}
