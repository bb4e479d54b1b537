import { type FileHandle, mkdir, open, rename, rm, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { randomHex } from '../common/ids.ts';
import { Leftovers } from '../common/leftovers/leftovers.ts';
import { ownerIsGone, ownerName } from '../common/leftovers/owner.ts';
import { DiskAssembly } from './disk-assembly.ts';
import {
  copyDurably,
  errorCode,
  isMissing,
  meaningOf,
  place,
  sweep,
  syncFile,
  writeBody,
} from './disk-files.ts';
import { statObject, walk } from './disk-objects.ts';
import { NotFoundError, StoreAwayError, UnsatisfiableRangeError } from './errors.ts';
import { checkAssemblyId, checkKey, checkPrefix } from './keys.ts';
import { OpenAssemblies } from './open-assemblies.ts';
import type { Assembly, LocalFile, ObjectInfo, ObjectStore, ReadOptions, WriteOptions } from './store.ts';

const HOUR = 3_600_000;
const ASSEMBLY_MAX_AGE = 7 * 24 * HOUR;

/** Large enough that a segment is a few system calls. */
const READ_BYTES = 512 * 1024;

/**
 * Opens a store below a folder, which is made when missing: objects under their keys, unfinished ones in `.temporary`
 * and `.assemblies`. All three must be one file system, because a rename is what makes an object appear at once.
 */
export async function openDiskStore(root: string): Promise<ObjectStore> {
  const temporary = join(root, '.temporary');
  const assemblies = join(root, '.assemblies');
  await mkdir(temporary, { recursive: true });
  await mkdir(assemblies, { recursive: true });
  await sweep(assemblies, ASSEMBLY_MAX_AGE);
  return new DiskStore(root, temporary, assemblies);
}

class DiskStore implements ObjectStore {
  readonly #root: string;
  readonly #temporary: string;
  readonly #assemblies: OpenAssemblies;
  /** A write in progress touches its file all the time; a deletion in progress that others join is done the sooner. */
  readonly #leftovers: Leftovers;

  constructor(root: string, temporary: string, assemblies: string) {
    this.#root = root;
    this.#temporary = temporary;
    this.#assemblies = new OpenAssemblies(assemblies);
    this.#leftovers = new Leftovers(temporary, (name) => ownerIsGone(name.split('.')[0]!) || undefined);
    this.#leftovers.start();
  }

  async put(key: string, body: Readable | Uint8Array, options: WriteOptions = {}): Promise<ObjectInfo> {
    const target = this.#path(key);
    await this.#make(target, async (path) => {
      const file = await open(path, 'wx');
      try {
        await writeBody(file, 0, body, options);
        await file.sync();
      } finally {
        await file.close();
      }
    });
    return this.#mustHead(key);
  }

  async putFile(key: string, path: string, options: WriteOptions = {}): Promise<ObjectInfo> {
    const target = this.#path(key);
    options.signal?.throwIfAborted();
    try {
      await syncFile(path);
      await place(path, target);
    } catch (error) {
      if (errorCode(error) !== 'EXDEV') throw meaningOf(error);
      await this.#make(target, (copy) => copyDurably(path, copy));
      await unlink(path);
    }
    return this.#mustHead(key);
  }

  /** A new name for what is being written or removed, which says by whom. */
  #temporaryPath(): string {
    return join(this.#temporary, `${ownerName()}.${randomHex(8)}`);
  }

  /** Makes a file under a temporary name and, when it is complete, moves it to its place. */
  async #make(target: string, write: (path: string) => Promise<void>): Promise<void> {
    const path = this.#temporaryPath();
    try {
      await write(path);
      await place(path, target);
    } catch (error) {
      await rm(path, { force: true });
      if (isMissing(error)) await this.#mustBeThere();
      throw meaningOf(error);
    }
  }

  async head(key: string): Promise<ObjectInfo | null> {
    const info = await statObject(this.#path(key), key);
    if (!info) await this.#mustBeThere();
    return info;
  }

  async #mustHead(key: string): Promise<ObjectInfo> {
    const info = await this.head(key);
    if (!info) throw new NotFoundError(`no object ${key}`);
    return info;
  }

  async read(
    key: string,
    range?: { start: number; end: number },
    options: ReadOptions = {},
  ): Promise<Readable> {
    const { file, size } = await this.#open(key);
    try {
      if (range && range.start >= size) {
        throw new UnsatisfiableRangeError(`${key} has ${size} bytes, none from ${range.start} on`);
      }
      const { signal, chunkBytes = READ_BYTES } = options;
      return file.createReadStream({ ...range, highWaterMark: chunkBytes, signal });
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  async #open(key: string): Promise<{ file: FileHandle; size: number }> {
    const path = this.#path(key);
    try {
      const file = await open(path, 'r');
      const stats = await file.stat();
      if (stats.isFile()) return { file, size: stats.size };
      await file.close();
    } catch (error) {
      if (!isMissing(error)) throw error;
      await this.#mustBeThere();
    }
    throw new NotFoundError(`no object ${key}`);
  }

  async localFile(key: string): Promise<LocalFile> {
    await this.#mustHead(key);
    return { path: this.#path(key), [Symbol.asyncDispose]: async () => {} };
  }

  async delete(key: string): Promise<void> {
    try {
      await unlink(this.#path(key));
    } catch (error) {
      if (isMissing(error)) return this.#mustBeThere();
      // A folder of other objects.
      if (errorCode(error) !== 'EISDIR' && errorCode(error) !== 'EPERM') throw error;
    }
  }

  async deletePrefix(prefix: string): Promise<number> {
    const folder = join(this.#root, checkPrefix(prefix));
    const doomed = this.#temporaryPath();
    try {
      // All at once for those who read, and out of the way of those who write.
      await rename(folder, doomed);
    } catch (error) {
      if (!isMissing(error)) throw meaningOf(error);
      await this.#mustBeThere();
      return 0;
    }
    let count = 0;
    for await (const _ of walk(doomed, '')) count++;
    await rm(doomed, { recursive: true, force: true });
    return count;
  }

  async *list(prefix: string): AsyncGenerator<ObjectInfo> {
    if (prefix !== '') checkPrefix(prefix);
    yield* walk(join(this.#root, prefix), prefix);
  }

  assembly(id: string): Assembly {
    return new DiskAssembly(checkAssemblyId(id), this.#assemblies, {
      pathOf: (key) => this.#path(key),
      mustBeThere: () => this.#mustBeThere(),
    });
  }

  async check(): Promise<void> {
    const path = this.#temporaryPath();
    try {
      const file = await open(path, 'wx');
      try {
        await file.write(Buffer.alloc(4096));
        await file.datasync();
      } finally {
        await file.close();
      }
    } catch (error) {
      if (isMissing(error)) await this.#mustBeThere();
      throw meaningOf(error);
    } finally {
      await rm(path, { force: true });
    }
  }

  async close(): Promise<void> {
    await this.#leftovers.stop();
    await this.#assemblies.close();
  }

  /**
   * A folder that was unmounted or removed has lost no object: it is away.
   * @throws StoreAwayError
   */
  async #mustBeThere(): Promise<void> {
    if (await stat(this.#temporary).catch(() => null)) return;
    throw new StoreAwayError('the folder of the object store is gone');
  }

  #path(key: string): string {
    return join(this.#root, checkKey(key));
  }
}
