import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { ObjectStore, Part } from '../store.ts';

/** A store under test and what lies behind it. */
export interface OpenedStore extends AsyncDisposable {
  store: ObjectStore;
  /** Another store on the same objects, as after a restart. The disposal closes it too. */
  reopen(): Promise<ObjectStore>;
  /** Names of temporary files, assemblies and unfinished uploads. */
  leftovers(): Promise<string[]>;
  /** Fills the store up and makes room again; absent where that cannot be done. */
  setFull?(full: boolean): Promise<void>;
}

/** Stores of a test, all on the same objects: `reopen` opens another, `closeAll` closes what was opened. */
export function reopening(open: () => Promise<ObjectStore>) {
  const stores: ObjectStore[] = [];
  return {
    async reopen(): Promise<ObjectStore> {
      const store = await open();
      stores.push(store);
      return store;
    },
    closeAll: () => Promise.all(stores.map((store) => store.close())),
  };
}

/** Bytes that differ from seed to seed and from place to place. */
export function bytes(size: number, seed = 1): Buffer {
  const block = Buffer.concat(
    Array.from({ length: 32 }, (_, i) => createHash('sha256').update(`${seed}/${i}`).digest()),
  );
  const result = Buffer.alloc(size, block);
  for (let i = 0; i + 4 <= size; i += 1024) result.writeUInt32BE(i, i);
  return result;
}

/** A body that arrives in chunks. */
export function body(content: Uint8Array, chunkBytes = 65536): Readable {
  return Readable.from(
    (function* () {
      for (let i = 0; i < content.length; i += chunkBytes) yield content.subarray(i, i + chunkBytes);
    })(),
    { objectMode: false },
  );
}

/** A body whose end never comes. */
export function stalled(content: Uint8Array): Readable {
  const stream = new Readable({ read() {} });
  stream.push(content);
  return stream;
}

/** All bytes of an object. */
export async function contentOf(store: ObjectStore, key: string): Promise<Buffer> {
  return buffer(await store.read(key));
}

/** The parts of `size` bytes, `partSize` each but the last. */
export function partsOf(size: number, partSize: number): Part[] {
  return Array.from({ length: Math.ceil(size / partSize) }, (_, i) => {
    return { offset: i * partSize, size: Math.min(partSize, size - i * partSize) };
  });
}

/** All items, in their order. */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
