import { type FileHandle, open, rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { isMissing, meaningOf, place, writeBody } from './disk-files.ts';
import { statObject } from './disk-objects.ts';
import { AssemblyClosedError, NotFoundError, PartSizeError } from './errors.ts';
import type { OpenAssemblies } from './open-assemblies.ts';
import { inOrder } from './parts.ts';
import type { Assembly, ObjectInfo, Part, ReadOptions } from './store.ts';

const READ_BYTES = 1024 * 1024;

/** What an assembly knows of the store that it is in. */
export interface StoreFolder {
  /** Where the object of a key lives. */
  pathOf(key: string): string;
  /** @throws StoreAwayError when the folder was taken away */
  mustBeThere(): Promise<void>;
}

/** An assembly as one sparse file, each part at its offset, that gets the object's name in the end. */
export class DiskAssembly implements Assembly {
  readonly #id: string;
  readonly #files: OpenAssemblies;
  readonly #store: StoreFolder;

  constructor(id: string, files: OpenAssemblies, store: StoreFolder) {
    this.#id = id;
    this.#files = files;
    this.#store = store;
  }

  async writePart(
    offset: number,
    size: number,
    body: Readable | Uint8Array,
    options: { signal?: AbortSignal } = {},
  ): Promise<void> {
    try {
      await this.#files.write(this.#id, async ({ file, sync, ended, isInPlace }) => {
        const signal = options.signal ? AbortSignal.any([options.signal, ended]) : ended;
        const written = await writeBody(file, offset, body, { maxBytes: size, signal });
        if (written < size) throw new PartSizeError(`${written} bytes instead of the announced ${size}`);
        await sync.sync();
        if (await isInPlace()) return;
        await this.#store.mustBeThere();
        throw new AssemblyClosedError(`another server ended assembly ${this.#id}`);
      });
    } catch (error) {
      if (isMissing(error)) await this.#store.mustBeThere();
      throw meaningOf(error);
    }
  }

  async *read(parts: readonly Part[], { signal }: ReadOptions = {}): AsyncGenerator<Uint8Array> {
    const file = await this.#open('r');
    let ahead: Promise<Buffer> | undefined;
    try {
      for (const { offset, size } of pieces(parts)) {
        signal?.throwIfAborted();
        // The disk reads the next piece while the caller works on this one.
        const ready = ahead;
        ahead = readPiece(file, offset, size);
        ahead.catch(() => {}); // Reported when its turn comes.
        if (ready) yield await ready;
      }
      if (ahead) yield await ahead;
    } finally {
      await ahead?.catch(() => {});
      await file.close();
    }
  }

  async complete(key: string, parts: readonly Part[]): Promise<ObjectInfo> {
    const target = this.#store.pathOf(key);
    const { size } = inOrder(parts);
    return this.#files.exclusively(this.#id, async () => {
      try {
        await this.#finish(size);
        await place(this.#files.path(this.#id), target);
      } catch (error) {
        if (!(error instanceof NotFoundError)) throw meaningOf(error);
        const done = await statObject(target, key);
        if (done?.size !== size) throw error;
      }
      const info = await statObject(target, key);
      if (!info) throw new NotFoundError(`${key} was deleted at once`);
      return info;
    });
  }

  async #finish(size: number): Promise<void> {
    const file = await this.#open('r+');
    try {
      const { size: written } = await file.stat();
      if (written < size) throw new PartSizeError(`assembly ${this.#id} has ${written} of ${size} bytes`);
      if (written > size) await file.truncate(size);
      await file.sync();
    } finally {
      await file.close();
    }
  }

  async discard(): Promise<void> {
    await this.#files.exclusively(this.#id, () => rm(this.#files.path(this.#id), { force: true }));
  }

  async #open(flags: string): Promise<FileHandle> {
    try {
      return await open(this.#files.path(this.#id), flags);
    } catch (error) {
      if (!isMissing(error)) throw error;
      await this.#store.mustBeThere();
      throw new NotFoundError(`no assembly ${this.#id}`);
    }
  }
}

function* pieces(parts: readonly Part[]): Generator<Part> {
  for (const part of parts) {
    const end = part.offset + part.size;
    for (let offset = part.offset; offset < end; offset += READ_BYTES) {
      yield { offset, size: Math.min(READ_BYTES, end - offset) };
    }
  }
}

async function readPiece(file: FileHandle, offset: number, size: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafeSlow(size);
  for (let done = 0; done < size; ) {
    const { bytesRead } = await file.read(buffer, done, size - done, offset + done);
    if (bytesRead === 0) throw new PartSizeError(`the assembly ends at ${offset + done}`);
    done += bytesRead;
  }
  return buffer;
}
