import { join } from 'node:path';
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

/**
 * Opens the store of a server.
 * @param url `OPENVOD_STORAGE_URL`: `s3://bucket?endpoint=…&region=…` (see `s3-url.ts`); undefined means `<dataDir>/objects`
 * @throws Error, naming the setting, for any other address
 */
export async function openStore(url: string | undefined, dataDir: string): Promise<ObjectStore> {
  if (url === undefined) return openDiskStore(join(dataDir, 'objects'));
  // Only those who use S3 pay for its SDK at start.
  const { openS3Store } = await import('./s3.ts');
  const downloads = join(dataDir, 'downloads');
  return openS3Store(parseS3Url(url), downloads);
}
