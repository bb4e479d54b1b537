import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { Unchanged } from '../clocks/unchanged.ts';
import { LEFT_MS, Leftovers } from './leftovers.ts';
import { OwnedFolders } from './owned-folders.ts';
import { ownerName } from './owner.ts';

async function temporaryFolder(t: { after(run: () => Promise<void>): void }): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'openvod-test-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

test('what nobody touches goes after half an hour, what somebody touches stays, whatever times it carries', async (t) => {
  const folder = await temporaryFolder(t);
  let now = 0;
  const leftovers = new Leftovers(folder, undefined, new Unchanged(LEFT_MS, () => now));
  await mkdir(path.join(folder, 'deletion', 'run'), { recursive: true });
  await writeFile(path.join(folder, 'deletion', 'run', 'f0.f20.mp4'), 'x');
  for (const name of ['left', 'live', 'future', 'past']) await writeFile(path.join(folder, name), '');
  await utimes(path.join(folder, 'past'), 1, 1);
  await utimes(path.join(folder, 'future'), 2 ** 33, 2 ** 33);
  for (; now < LEFT_MS; now += LEFT_MS / 3) {
    await leftovers.sweep();
    assert.equal((await readdir(folder)).length, 5);
    await writeFile(path.join(folder, 'live'), String(now), { flag: 'a' });
  }
  await leftovers.sweep();
  assert.deepEqual(await readdir(folder), ['live']);
});

test('folders go after use; those of dead processes at once, those of living and of unknown ones stay', async (t) => {
  const root = await temporaryFolder(t);
  const folders = new OwnedFolders(root);
  // Our own process id with another word: a process that had the id before us.
  const dead = ownerName().replace(/[0-9a-f]+$/, '00000000');
  for (const name of [dead, 'elsewhere_1_2_ab']) {
    await mkdir(path.join(root, name));
    await writeFile(path.join(root, name, 'f0.f20.mp4'), 'half');
  }
  {
    await using one = await folders.open();
    await using other = await folders.open();
    assert.notEqual(one.path, other.path);
    await writeFile(path.join(one.path, 'file'), 'text');
    await folders.sweep();
    assert.deepEqual((await readdir(root)).sort(), [ownerName(), 'elsewhere_1_2_ab'].sort());
    assert.deepEqual(await readdir(one.path), ['file']);
  }
  assert.deepEqual(await readdir(path.join(root, ownerName())), []);
});

test('a started sweep finds what a killed process left, without anybody asking', async (t) => {
  const root = await temporaryFolder(t);
  const dead = path.join(root, ownerName().replace(/[0-9a-f]+$/, '00000000'));
  await mkdir(dead);
  const folders = new OwnedFolders(root);
  await folders.start();
  await folders.stop();
  assert.deepEqual(await readdir(root), []);
});
