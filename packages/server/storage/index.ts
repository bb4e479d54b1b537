import { join } from 'node:path';
import type { DiskRoom } from '../common/data-folder/data-folder.ts';
import { openDiskStore } from './disk.ts';
import { parseS3Url } from './s3-url.ts';
import type { ObjectStore } from './store.ts';

export * from './errors.ts';
export type {
  Assembly,
  LocalFile,
  ObjectInfo,
  ObjectStore,
  Part,
  ReadOptions,
  WriteOptions,
} from './store.ts';

const OBJECTS = 'objects';

/** Where the objects lie on this machine; null when they lie elsewhere. */
export function objectsFolder(url: string | undefined, dataDir: string): string | null {
  return url === undefined ? join(dataDir, OBJECTS) : null;
}

/**
 * Opens the store of a server.
 * @param url `OPENVOD_STORAGE_URL`: `s3://bucket?endpoint=…&region=…` (see `s3-url.ts`); undefined means `<dataDir>/objects`
 * @param disk the room on the disk of `dataDir`; plenty when left out
 * @throws Error, naming the setting, for any other address
 */
export async function openStore(
  url: string | undefined,
  dataDir: string,
  disk?: DiskRoom,
): Promise<ObjectStore> {
  if (url === undefined) return openDiskStore(join(dataDir, OBJECTS));
  // Only those who use S3 pay for its SDK at start.
  const { openS3Store } = await import('./s3.ts');
  const downloads = join(dataDir, 'downloads');
  return openS3Store(parseS3Url(url), downloads, disk);
}
