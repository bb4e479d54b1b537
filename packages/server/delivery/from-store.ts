import type { Readable } from 'node:stream';
import type { ByteRange } from './ranges.ts';

/** Opens a range of a representation, to be read in pieces of `pieceBytes`; `again`: more of what was read before. */
export type OpenRange = (range: ByteRange, pieceBytes: number, again: boolean) => Promise<Readable>;

/**
 * The bytes of a range, as they are read. While nobody takes them, `letGo` closes what is open (a file, a connection to
 * the store) with what was read ahead; it is opened again for the next bytes.
 */
export class FromStore {
  readonly #open: OpenRange;
  #stream: Readable | null = null;

  constructor(open: OpenRange) {
    this.#open = open;
  }

  letGo(): void {
    this.#stream?.destroy();
    this.#stream = null;
  }

  /** Rejects with what the store throws, also when bytes are missing at the end. */
  async *read(range: ByteRange, pieceBytes: number): AsyncGenerator<Buffer> {
    let next = range.start;
    while (next <= range.end) {
      const again = next > range.start;
      const stream = await this.#open({ start: next, end: range.end }, pieceBytes, again);
      this.#stream = stream;
      try {
        for await (const chunk of stream) {
          next += chunk.length;
          yield chunk;
        }
      } catch (error) {
        // A stream that was let go ends with an error; the next one goes on.
        if (this.#stream === stream) throw error;
      }
      if (this.#stream === stream && next !== range.end + 1) {
        throw new Error(`${range.end + 1 - next} bytes are missing`);
      }
    }
    this.#stream = null;
  }
}
