import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type ObjectStore, openStore } from '../../storage/index.ts';
import { filesBelow } from '../../testing/files.ts';
import { startS3 } from '../../testing/s3.ts';

/** A store of its own for one test. */
export interface TestStore extends AsyncDisposable {
  store: ObjectStore;
  /** What really lies in it, parts of unfinished uploads included, in order. */
  contents(): Promise<string[]>;
  /** Makes it refuse whatever is written (S3 only). */
  setFull?(full: boolean): void;
}

export async function openDiskTestStore(): Promise<TestStore> {
  const folder = await mkdtemp(path.join(tmpdir(), 'openvod-upload-'));
  const store = await openStore(undefined, folder);
  const root = path.join(folder, 'objects');
  return {
    store,
    contents: () => filesBelow(root),
    async [Symbol.asyncDispose]() {
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export async function openS3TestStore(): Promise<TestStore> {
  const s3 = await startS3();
  const folder = await mkdtemp(path.join(tmpdir(), 'openvod-upload-'));
  const store = await openStore(s3.url, folder);
  return {
    store,
    contents: async () => s3.keys().sort(),
    setFull(full) {
      s3.full = full;
    },
    async [Symbol.asyncDispose]() {
      await store.close();
      await s3.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
