import { createReadStream, createWriteStream } from 'node:fs';
import { stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { DiskRoom } from '../common/data-folder/data-folder.ts';
import { OwnedFolders } from '../common/leftovers/owned-folders.ts';
import { chunksOf } from './body.ts';
import { meaningOf as systemMeaningOf } from './disk-files.ts';
import { NoSpaceError, NotFoundError } from './errors.ts';
import { checkAssemblyId, checkKey, checkPrefix } from './keys.ts';
import { ASSEMBLIES, S3Assembly } from './s3-assembly.ts';
import { meaningOf } from './s3-errors.ts';
import { S3Objects } from './s3-objects.ts';
import type { S3Settings } from './s3-url.ts';
import type { Assembly, LocalFile, ObjectInfo, ObjectStore, ReadOptions, WriteOptions } from './store.ts';

const DAY = 86_400_000;
const ASSEMBLY_MAX_AGE = 7 * DAY;

/**
 * Opens a bucket, which must exist. Does not ask for it: how long a start waits is not the store's to say.
 * @param downloads a local folder, which exists, for `localFile`
 * @param disk the room that there is for them; plenty when left out
 */
export async function openS3Store(
  settings: S3Settings,
  downloads: string,
  disk?: DiskRoom,
): Promise<ObjectStore> {
  const folders = new OwnedFolders(downloads);
  await folders.start();
  return new S3Store(new S3Objects(settings), folders, disk);
}

class S3Store implements ObjectStore {
  readonly #objects: S3Objects;
  readonly #downloads: OwnedFolders;
  readonly #disk: DiskRoom | undefined;
  readonly #swept: Promise<void>;

  constructor(objects: S3Objects, downloads: OwnedFolders, disk: DiskRoom | undefined) {
    this.#objects = objects;
    this.#downloads = downloads;
    this.#disk = disk;
    // Leftovers wait for the next start when the bucket is out of reach; `check` reports that.
    this.#swept = sweepAssemblies(objects).catch(() => {});
  }

  async put(key: string, body: Readable | Uint8Array, options: WriteOptions = {}): Promise<ObjectInfo> {
    await this.#objects.write(checkKey(key), chunksOf(body, options.signal), options);
    return this.#mustHead(key);
  }

  async putFile(key: string, path: string, options: WriteOptions = {}): Promise<ObjectInfo> {
    checkKey(key);
    const { size } = await stat(path);
    const body = createReadStream(path);
    try {
      await this.#objects.write(key, body, { ...options, size });
    } finally {
      // A request that did not come about has read none of it.
      body.destroy();
    }
    // First of all: whoever cannot be told that it is there stores it again.
    const info = await this.#mustHead(key);
    await unlink(path);
    return info;
  }

  async head(key: string): Promise<ObjectInfo | null> {
    return this.#objects.head(checkKey(key));
  }

  async #mustHead(key: string): Promise<ObjectInfo> {
    const info = await this.#objects.head(key);
    if (!info) throw new NotFoundError(`no object ${key}`);
    return info;
  }

  async read(key: string, range?: { start: number; end: number }, options?: ReadOptions): Promise<Readable> {
    return (await this.#objects.read(checkKey(key), range, options)).body;
  }

  async localFile(key: string, options?: ReadOptions): Promise<LocalFile> {
    const body = await this.#bodyThatFits(key, options);
    try {
      const folder = await this.#downloads.open();
      try {
        // Tools go by the ending of a name.
        const path = join(folder.path, key.slice(key.lastIndexOf('/') + 1));
        await pipeline(body, createWriteStream(path), { signal: options?.signal });
        return { path, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
      } catch (error) {
        await folder[Symbol.asyncDispose]();
        throw error;
      }
    } catch (error) {
      body.destroy();
      throw systemMeaningOf(meaningOf(error));
    }
  }

  /** @throws NoSpaceError before a film fills the disk of all else that the service does */
  async #bodyThatFits(key: string, options?: ReadOptions): Promise<Readable> {
    const { body, size } = await this.#objects.read(checkKey(key), undefined, options);
    const shortage = await this.#disk?.shortage(size);
    if (!shortage) return body;
    body.destroy();
    throw new NoSpaceError(shortage);
  }

  async delete(key: string): Promise<void> {
    await this.#objects.delete(checkKey(key));
  }

  async deletePrefix(prefix: string): Promise<number> {
    return this.#objects.deleteAll(checkPrefix(prefix));
  }

  async *list(prefix: string): AsyncGenerator<ObjectInfo> {
    if (prefix !== '') checkPrefix(prefix);
    for await (const object of this.#objects.list(prefix)) {
      if (!object.key.startsWith('.')) yield object;
    }
  }

  assembly(id: string): Assembly {
    return new S3Assembly(this.#objects, checkAssemblyId(id));
  }

  async check(): Promise<void> {
    await this.#objects.write('.check', [Buffer.from('writable')]);
  }

  async close(): Promise<void> {
    await this.#swept;
    await this.#downloads.stop();
    this.#objects.close();
  }
}

/** Removes the assemblies of which every part is too old. */
async function sweepAssemblies(objects: S3Objects): Promise<void> {
  const newest = new Map<string, number>();
  for await (const { key, modifiedAt } of objects.list(ASSEMBLIES)) {
    const folder = key.slice(0, key.lastIndexOf('/') + 1);
    newest.set(folder, Math.max(modifiedAt, newest.get(folder) ?? 0));
  }
  for (const [folder, modifiedAt] of newest) {
    if (modifiedAt < Date.now() - ASSEMBLY_MAX_AGE) await objects.deleteAll(folder);
  }
}
