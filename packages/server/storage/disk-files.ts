import { constants } from 'node:fs';
import { copyFile, type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { chunksOf } from './body.ts';
import { InvalidKeyError, NoSpaceError, PartSizeError, StoreAwayError } from './errors.ts';

/** Writes of this many bytes keep the disk busy; more only costs memory, of which a part in flight takes as much. */
const BATCH_BYTES = 1024 * 1024;
/** What one system call takes; a body that trickles in would cost far more memory than its bytes. */
const BATCH_CHUNKS = 1024;

/** The code of a system error, such as `ENOENT`. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}

/** Whether there is no such file, or no such folder for it to be in. */
export function isMissing(error: unknown): boolean {
  const code = errorCode(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/** What a system error means to a caller of the store. */
export function meaningOf(error: unknown): unknown {
  switch (errorCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new NoSpaceError('no space left in the object store', { cause: error });
    case 'ENOTDIR':
    case 'EISDIR':
    case 'EEXIST':
    case 'ENOTEMPTY':
      return new InvalidKeyError('one key is a folder of another', { cause: error });
    case 'EIO':
    case 'EROFS':
    case 'ESTALE':
    case 'ENODEV':
    case 'ENXIO':
      return new StoreAwayError('the disk of the object store does not work', { cause: error });
    default:
      return error;
  }
}

/**
 * Writes a body to a file from a position on, and resolves to the number of its bytes. The chunks go to the disk as
 * they came, many at a time: nothing is copied.
 * @throws PartSizeError as soon as there are more than `maxBytes`; none of the surplus is written
 */
export async function writeBody(
  file: FileHandle,
  position: number,
  body: Readable | Uint8Array,
  { maxBytes = Number.POSITIVE_INFINITY, signal }: { maxBytes?: number; signal?: AbortSignal } = {},
): Promise<number> {
  let size = 0;
  let batch: Uint8Array[] = [];
  let batchStart = 0;
  const flush = async () => {
    await writeAll(file, position + batchStart, batch, size - batchStart);
    batch = [];
    batchStart = size;
  };
  for await (const chunk of chunksOf(body, signal)) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new PartSizeError(`more than the announced ${maxBytes} bytes`);
    batch.push(chunk);
    if (size - batchStart >= BATCH_BYTES || batch.length === BATCH_CHUNKS) await flush();
  }
  if (batch.length > 0) await flush();
  return size;
}

async function writeAll(
  file: FileHandle,
  position: number,
  buffers: Uint8Array[],
  size: number,
): Promise<void> {
  let { bytesWritten } = await file.writev(buffers, position);
  if (bytesWritten === size) return;
  // A disk that fills up takes a part of the bytes first; the next write tells why.
  const rest = Buffer.concat(buffers);
  while (bytesWritten < size) {
    bytesWritten += (await file.write(rest, bytesWritten, size - bytesWritten, position + bytesWritten))
      .bytesWritten;
  }
}

/** Gives a durable file its final name, over what had that name, and makes the name durable. */
export async function place(from: string, to: string): Promise<void> {
  const folder = dirname(to);
  let topmost = folder;
  for (let attempt = 1; ; attempt++) {
    try {
      await rename(from, to);
      break;
    } catch (error) {
      // The folder is missing, the first time or because a `deletePrefix` was quicker.
      if (errorCode(error) !== 'ENOENT' || attempt === 5) throw error;
      // Or the file is, with all of the store: nothing is made in its place.
      await stat(from);
      const made = await mkdir(folder, { recursive: true });
      if (made !== undefined && dirname(made).length < topmost.length) topmost = dirname(made);
    }
  }
  for (let path = folder; path.length >= topmost.length; path = dirname(path)) await syncFolder(path);
}

/** Makes the names in a folder durable. */
export async function syncFolder(path: string): Promise<void> {
  let folder: FileHandle;
  try {
    folder = await open(path, 'r');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return; // Deleted already, with all that was in it.
    throw error;
  }
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Flushes a file that somebody else wrote. */
export async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Copies between file systems, sharing the blocks where the file system can. */
export async function copyDurably(from: string, to: string): Promise<void> {
  await copyFile(from, to, constants.COPYFILE_FICLONE);
  await syncFile(to);
}

/** Removes what nobody touched for `maxAge` ms: the leftovers of killed processes. */
export async function sweep(folder: string, maxAge: number): Promise<void> {
  const oldest = Date.now() - maxAge;
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const info = await stat(path).catch(() => null);
    if (info && info.mtimeMs < oldest) await rm(path, { recursive: true, force: true });
  }
}
