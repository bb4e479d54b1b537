import assert from 'node:assert/strict';

import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { test } from 'node:test';
import { startS3 } from '../testing/s3.ts';
import { bytes, type OpenedStore, reopening } from './conformance/bodies.ts';
import { describeObjectStore } from './conformance.ts';
import { NoSpaceError } from './errors.ts';
import { openStore } from './index.ts';

async function open(parameters: string): Promise<OpenedStore> {
  const s3 = await startS3();
  const folder = await mkdtemp(join(tmpdir(), 'openvod-s3-'));
  const { reopen, closeAll } = reopening(() => openStore(s3.url + parameters, folder));
  return {
    store: await reopen(),
    reopen,
    async leftovers() {
      const hidden = s3.keys().filter((key) => /(^|\/)\.assemblies\//.test(key));
      return [
        ...hidden,
        ...Array<string>(s3.openUploads()).fill('upload'),
        // Each process has a folder there.
        ...(await readdir(join(folder, 'downloads'), { recursive: true })).filter((name) =>
          name.includes(sep),
        ),
      ];
    },
    async setFull(full) {
      s3.full = full;
    },
    async [Symbol.asyncDispose]() {
      await closeAll();
      await s3.stop();
      await rm(folder, { recursive: true });
    },
  };
}

describeObjectStore('S3', () => open(''));
describeObjectStore('S3, below a prefix', () => open('&prefix=videos/main'));

test('a bucket that is missing or out of reach fails the check, not the start', async (t) => {
  const s3 = await startS3();
  t.after(() => s3.stop());
  const folder = await mkdtemp(join(tmpdir(), 'openvod-s3-'));
  t.after(() => rm(folder, { recursive: true }));
  const missing = await openStore(s3.url.replace('bucket-', 'other-'), folder);
  await assert.rejects(missing.check(), { name: 'StoreAwayError', message: /no such bucket/ });
  await assert.rejects(missing.read('a'), { name: 'StoreAwayError', message: /no such bucket/ });
  await missing.close();
  const gone = await startS3();
  await gone.stop();
  const unreachable = await openStore(gone.url, folder);
  await assert.rejects(unreachable.check());
  await unreachable.close();
});

test('an object that does not fit beside what else there is, is not downloaded', async (t) => {
  const s3 = await startS3();
  t.after(() => s3.stop());
  const folder = await mkdtemp(join(tmpdir(), 'openvod-s3-'));
  t.after(() => rm(folder, { recursive: true }));
  const asked: (number | undefined)[] = [];
  let room = 9;
  const shortage = async (wanted = 0) => {
    asked.push(wanted);
    return wanted > room ? 'no room' : null;
  };
  const store = await openStore(s3.url, folder, { shortage });
  t.after(() => store.close());
  await store.put('film', bytes(10));
  await assert.rejects(store.localFile('film'), NoSpaceError);
  assert.deepEqual(await readdir(join(folder, 'downloads')), []);
  room = 10;
  await using file = await store.localFile('film');
  assert.equal((await stat(file.path)).size, 10);
  assert.deepEqual(asked, [10, 10]);
});
