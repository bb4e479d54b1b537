import assert from 'node:assert/strict';
import { mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { body, bytes, contentOf } from './conformance/bodies.ts';
import { openDiskStore } from './disk.ts';
import { StoreAwayError } from './errors.ts';

const PART = { offset: 0, size: 10 };

test('a store whose folder is taken away acknowledges nothing, loses nothing, and goes on when it is back', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'openvod-gone-'));
  t.after(() => rm(folder, { recursive: true }));
  const root = join(folder, 'objects');
  const store = await openDiskStore(root);
  t.after(() => store.close());
  await store.put('a/b', bytes(10));
  const open = store.assembly('open');
  await open.writePart(0, 10, body(bytes(10)));

  await rename(root, join(folder, 'away'));
  const calls: Record<string, () => Promise<unknown>> = {
    put: () => store.put('a/c', bytes(10)),
    head: () => store.head('a/b'),
    read: () => store.read('a/b'),
    localFile: () => store.localFile('a/b'),
    delete: () => store.delete('a/b'),
    deletePrefix: () => store.deletePrefix('a/'),
    check: () => store.check(),
    'a part of a file that is open': () => open.writePart(10, 10, body(bytes(10))),
    'a part of a new file': () => store.assembly('new').writePart(0, 10, body(bytes(10))),
    complete: () => store.assembly('open').complete('a/d', [PART]),
    'reading parts': () => contentOfParts(store.assembly('open').read([PART])),
  };
  for (const [what, call] of Object.entries(calls)) await assert.rejects(call(), StoreAwayError, what);
  assert.deepEqual(await readdir(folder), ['away'], 'nothing was made in its place');

  await rename(join(folder, 'away'), root);
  assert.ok((await contentOf(store, 'a/b')).equals(bytes(10)));
  await store.assembly('open').complete('a/d', [PART]);
  assert.ok((await contentOf(store, 'a/d')).equals(bytes(10)));
});

async function contentOfParts(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(chunks));
}
