import type { BigIntStats } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing } from './disk-files.ts';
import type { ObjectInfo } from './store.ts';

/** The object stored in a file, or null when there is no such file. */
export async function statObject(path: string, key: string): Promise<ObjectInfo | null> {
  try {
    const stats = await stat(path, { bigint: true });
    return stats.isFile() ? infoOf(key, stats) : null;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** A replaced object is a new file: the inode tells two of the same size and the same clock tick apart. */
function infoOf(key: string, { size, ino, mtimeNs, mtimeMs }: BigIntStats): ObjectInfo {
  const etag = [size, mtimeNs, ino].map((part) => part.toString(16)).join('-');
  return { key, size: Number(size), etag, modifiedAt: Number(mtimeMs) };
}

/** All objects below a folder in the order of their keys, as S3 has it: a folder sorts as its name with the `/`. */
export async function* walk(folder: string, prefix: string): AsyncGenerator<ObjectInfo> {
  let entries: { name: string; isFolder: boolean }[];
  try {
    const found = await readdir(folder, { withFileTypes: true });
    entries = found.map((entry) => {
      const isFolder = entry.isDirectory();
      return { name: isFolder ? `${entry.name}/` : entry.name, isFolder };
    });
  } catch (error) {
    if (isMissing(error)) return;
    throw error;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const { name, isFolder } of entries) {
    if (name.startsWith('.')) continue;
    if (isFolder) {
      yield* walk(join(folder, name), prefix + name);
    } else {
      const info = await statObject(join(folder, name), prefix + name);
      if (info) yield info;
    }
  }
}
