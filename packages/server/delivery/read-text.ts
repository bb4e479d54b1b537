import type { ObjectStore } from '../storage/index.ts';

/** Longer than the playlist of any film: a day has 8,640 segments. Bytes. */
const MAX_BYTES = 4 * 1024 ** 2;

/** A text of the store, as latin1, which keeps every byte; null when it is too long. Rejects with what the store throws. */
export async function readText(store: ObjectStore, key: string, size: number): Promise<string | null> {
  if (size > MAX_BYTES) return null;
  return size === 0 ? '' : (await readBytes(store, key, 0, size)).toString('latin1');
}

/** `length` bytes of an object, or as many as there are. Rejects with what the store throws. */
async function readBytes(store: ObjectStore, key: string, start: number, length: number): Promise<Buffer> {
  const chunks: Buffer[] = await (await store.read(key, { start, end: start + length - 1 })).toArray();
  return Buffer.concat(chunks);
}
