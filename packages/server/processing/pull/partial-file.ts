import { constants } from 'node:fs';
import { type FileHandle, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** So much may have come since the last mark before there is another, bytes and ms: what a kill costs. */
const MARK_BYTES = 16 * 1024 ** 2;
const MARK_MS = 1000;

/** What is durable of a partial file, and what its writer noted about it. */
interface Mark<T> {
  bytes: number;
  state: T;
}

/**
 * A file in the making that outlives its process: `<name>.part`, and beside it `<name>.json`, which says how many of its bytes count.
 * The mark follows the bytes, once they are flushed, so that after any crash what it says is there.
 */
export class PartialFile<T> {
  readonly path: string;
  readonly #note: string;
  readonly #file: FileHandle;
  #bytes: number;
  #state: T | null;
  #marked: number;
  #markedAt = performance.now();
  #marking: Promise<void> | null = null;
  /** What a mark in the background failed with. */
  #fault: unknown = null;

  private constructor(base: string, file: FileHandle, mark: Mark<T> | null) {
    this.path = `${base}.part`;
    this.#note = `${base}.json`;
    this.#file = file;
    this.#bytes = this.#marked = mark?.bytes ?? 0;
    this.#state = mark?.state ?? null;
  }

  /** Opens what there is of it, cut to what counts; an empty one when there is nothing. */
  static async open<T>(folder: string, name: string): Promise<PartialFile<T>> {
    const base = path.join(folder, name);
    const mark = await readMark<T>(`${base}.json`);
    const file = await open(`${base}.part`, constants.O_RDWR | constants.O_CREAT);
    try {
      const isThere = mark !== null && (await file.stat()).size >= mark.bytes;
      await file.truncate(isThere ? mark.bytes : 0);
      return new PartialFile<T>(base, file, isThere ? mark : null);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** Bytes that it has. */
  get bytes(): number {
    return this.#bytes;
  }

  /** What its writer noted last; null of an empty file. */
  get state(): T | null {
    return this.#state;
  }

  /** Forgets all of it. */
  async beginAnew(): Promise<void> {
    await this.#marking;
    await rm(this.#note, { force: true });
    await this.#file.truncate(0);
    this.#bytes = this.#marked = 0;
    this.#state = null;
  }

  /** Writes what follows; `state` is noted with it, as soon as it is worth a mark. @throws what the disk has against it */
  async append(chunks: readonly Uint8Array[], state: T): Promise<void> {
    if (this.#fault !== null) throw this.#fault;
    await this.#writeAll(chunks);
    this.#state = state;
    const since = this.#bytes - this.#marked;
    if (since < MARK_BYTES && performance.now() - this.#markedAt < MARK_MS) return;
    // The disk writes while more comes; who is much faster than it waits.
    if (this.#marking !== null && since < 4 * MARK_BYTES) return;
    await this.#marking;
    this.#marking = this.#mark()
      .catch((error: unknown) => {
        this.#fault = error;
      })
      .finally(() => {
        this.#marking = null;
      });
  }

  /** Makes all of it durable, and notes `state`. */
  async mark(state: T): Promise<void> {
    await this.#marking;
    if (this.#fault !== null) throw this.#fault;
    this.#state = state;
    await this.#mark();
  }

  /** The first bytes, at most `length`. */
  async head(length: number): Promise<Buffer> {
    const head = await open(this.path, 'r');
    try {
      const { buffer, bytesRead } = await head.read(Buffer.alloc(length), 0, length, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await head.close();
    }
  }

  async close(): Promise<void> {
    await this.#marking;
    await this.#file.close();
  }

  async #writeAll(chunks: readonly Uint8Array[]): Promise<void> {
    const size = chunks.reduce((sum, { byteLength }) => sum + byteLength, 0);
    const start = this.#bytes;
    let { bytesWritten: written } = await this.#file.writev(chunks as Uint8Array[], start);
    // A disk that fills up takes a part of the bytes first; the next write tells why.
    const all = written < size ? Buffer.concat(chunks) : null;
    while (all !== null && written < size) {
      written += (await this.#file.write(all, written, size - written, start + written)).bytesWritten;
    }
    this.#bytes += size;
  }

  async #mark(): Promise<void> {
    const mark: Mark<T> = { bytes: this.#bytes, state: this.#state as T };
    this.#marked = mark.bytes;
    this.#markedAt = performance.now();
    await this.#file.datasync();
    await writeFile(`${this.#note}.new`, JSON.stringify(mark));
    await rename(`${this.#note}.new`, this.#note);
  }
}

/** Null when there is none, or one that a crash tore. */
async function readMark<T>(file: string): Promise<Mark<T> | null> {
  try {
    const mark = JSON.parse(await readFile(file, 'utf8')) as Mark<T>;
    return Number.isSafeInteger(mark.bytes) ? mark : null;
  } catch {
    return null;
  }
}
