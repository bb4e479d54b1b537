import assert from 'node:assert/strict';
import { mkdtemp, readdir, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { setTimeout as turn } from 'node:timers/promises';
import { openStore } from './index.ts';

const UPLOADS = 400;

test('many uploads that wait for their next part do not use up the file handles', {
  skip: process.platform === 'linux' ? false : 'handles are counted in /proc',
}, async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'openvod-handles-'));
  const store = await openStore(undefined, folder);
  const opened = async () => {
    const names = await readdir('/proc/self/fd');
    const targets = await Promise.all(names.map((name) => readlink(`/proc/self/fd/${name}`).catch(() => '')));
    return targets.filter((target) => target.startsWith(folder)).length;
  };
  try {
    const ids = Array.from({ length: UPLOADS }, (_, index) => `upload-${index}`);
    for (const id of ids) await store.assembly(id).writePart(0, 1, Buffer.from('a'));
    for (let left = 100; left > 0 && (await opened()) > 256; left--) await turn(20);
    assert.ok((await opened()) <= 256, `${await opened()} are open`);
    // A file that was closed early is opened again.
    for (const id of ids) await store.assembly(id).writePart(1, 1, Buffer.from('b'));
    const first = { offset: 0, size: 1 };
    const { size } = await store.assembly(ids[0]!).complete('a/b', [first, { offset: 1, size: 1 }]);
    assert.equal(size, 2);
  } finally {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  }
});
