import { createHash, type Hash } from 'node:crypto';
import type { Assembly } from '../storage/index.ts';
import type { Range } from './ranges.ts';

/**
 * The SHA-1 of an upload, computed while it is still coming: parts are read back in the order of the file as soon as
 * they are stored, so that in the end only the last few are left to do. Reading back costs little, since they
 * are still in the system's memory. Knows nothing after a restart and then begins anew.
 */
export class PrefixHash {
  readonly #assembly: Assembly;
  readonly #waiting = new Map<number, Range>();
  #hash: Hash = createHash('sha1');
  /** Bytes that are in the hash. */
  #position = 0;
  #running: Promise<void> | null = null;

  constructor(assembly: Assembly) {
    this.#assembly = assembly;
  }

  get idle(): boolean {
    return this.#running === null;
  }

  /** Tells of a stored part, which never changes any more. */
  add(part: Range): void {
    this.#waiting.set(part.offset, part);
    this.#running ??= this.#catchUp().finally(() => {
      this.#running = null;
    });
  }

  /**
   * The SHA-1 as lower-case hex, of `parts`: all that are stored, in order and without gaps. Can be repeated.
   * Throws what `Assembly.read` throws.
   */
  async finish(parts: readonly Range[]): Promise<string> {
    while (this.#running) await this.#running;
    await this.#hashAll(parts.filter(({ offset }) => offset >= this.#position));
    return this.#hash.copy().digest('hex');
  }

  async #catchUp(): Promise<void> {
    try {
      for (let next = this.#next(); next.length > 0; next = this.#next()) await this.#hashAll(next);
    } catch {
      // `finish` meets the same fault and reports it.
    }
  }

  #next(): Range[] {
    const parts: Range[] = [];
    for (let end = this.#position; ; ) {
      const part = this.#waiting.get(end);
      if (!part) return parts;
      this.#waiting.delete(end);
      parts.push(part);
      end += part.size;
    }
  }

  async #hashAll(parts: readonly Range[]): Promise<void> {
    try {
      for await (const chunk of this.#assembly.read(parts)) this.#hash.update(chunk);
      for (const { size } of parts) this.#position += size;
    } catch (error) {
      // Some of these bytes may be in the hash already.
      this.#hash = createHash('sha1');
      this.#position = 0;
      throw error;
    }
  }
}
