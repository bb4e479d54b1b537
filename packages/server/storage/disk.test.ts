import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ownerName } from '../common/leftovers/owner.ts';
import { body, bytes, contentOf, type OpenedStore, reopening, stalled } from './conformance/bodies.ts';
import { describeObjectStore } from './conformance.ts';
import { openDiskStore } from './disk.ts';
import { AssemblyClosedError, InvalidKeyError, NoSpaceError } from './errors.ts';

const TMPFS_MIB = 64;

async function open(): Promise<OpenedStore> {
  const folder = await mkdtemp(join(tmpdir(), 'openvod-disk-'));
  const root = join(folder, 'objects');
  await mkdir(root);
  const isSmall = mount(root);
  const { reopen, closeAll } = reopening(() => openDiskStore(root));
  return {
    store: await reopen(),
    reopen,
    async leftovers() {
      const names = ['.temporary', '.assemblies'].map((name) => readdir(join(root, name)));
      return (await Promise.all(names)).flat();
    },
    setFull: isSmall ? (full) => setFull(join(root, '.filler'), full) : undefined,
    async [Symbol.asyncDispose]() {
      await closeAll();
      if (isSmall) execFileSync('umount', [root]);
      await rm(folder, { recursive: true });
    },
  };
}

/** A file system of its own, small enough to fill up; false where we may not mount. */
function mount(folder: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${TMPFS_MIB}m`, 'tmpfs', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

async function setFull(filler: string, full: boolean): Promise<void> {
  if (!full) return rm(filler);
  await assert.rejects(writeFile(filler, Buffer.alloc((TMPFS_MIB + 1) * 1024 * 1024)), { code: 'ENOSPC' });
}

describeObjectStore('disk', open);

test('a device that is full means no space', async () => {
  const root = await mkdtemp(join(tmpdir(), 'openvod-disk-'));
  const store = await openDiskStore(root);
  await symlink('/dev/full', join(root, '.assemblies', 'id'));
  await assert.rejects(store.assembly('id').writePart(0, 10, body(bytes(10))), NoSpaceError);
  await store.close();
  await rm(root, { recursive: true });
});

test('a body of single bytes arrives', async () => {
  await using opened = await open();
  await opened.store.put('a', body(bytes(5000), 1));
  assert.ok((await contentOf(opened.store, 'a')).equals(bytes(5000)));
});

test('a key that is a folder of another is refused', async () => {
  await using opened = await open();
  const { store } = opened;
  await store.put('a/b', bytes(1));
  await assert.rejects(store.put('a', bytes(1)), InvalidKeyError);
  await assert.rejects(store.put('a/b/c', bytes(1)), InvalidKeyError);
  assert.deepEqual(await opened.leftovers(), []);
});

test('complete and discard stop those who still write', async () => {
  await using opened = await open();
  const assembly = opened.store.assembly('id');
  await assembly.writePart(0, 100, body(bytes(100)));
  const late = assert.rejects(assembly.writePart(0, 100, stalled(bytes(50, 2))), AssemblyClosedError);
  await assembly.complete('a', [{ offset: 0, size: 100 }]);
  await late;
  assert.ok((await contentOf(opened.store, 'a')).equals(bytes(100)));
});

test('an assembly that could not be opened can be later', async () => {
  await using opened = await open();
  const assembly = opened.store.assembly('id');
  await opened.store.put('a', bytes(1));
  const blocker = (await opened.store.localFile('a')).path.replace(/a$/, '.assemblies/id');
  await mkdir(blocker);
  await assert.rejects(assembly.writePart(0, 10, body(bytes(10))));
  await rm(blocker, { recursive: true });
  await assembly.writePart(0, 10, body(bytes(10)));
});

test('opening sweeps what killed processes left long ago, and nothing newer', async () => {
  const root = await mkdtemp(join(tmpdir(), 'openvod-disk-'));
  await (await openDiskStore(root)).close();
  const days = async (path: string, age: number) => {
    await writeFile(join(root, path), 'x');
    await utimes(join(root, path), new Date(), new Date(Date.now() - age * 86_400_000));
  };
  await days('.assemblies/new', 6.9);
  await days('.assemblies/old', 7.1);
  await (await openDiskStore(root)).close();
  assert.deepEqual(await readdir(join(root, '.assemblies')), ['new']);
  await rm(root, { recursive: true });
});

test('what a process of this machine left of a write or a deletion goes at the next start', async () => {
  const root = await mkdtemp(join(tmpdir(), 'openvod-disk-'));
  await (await openDiskStore(root)).close();
  const temporary = join(root, '.temporary');
  // Our own process id with another word: a process that had the id before us.
  const dead = ownerName().replace(/[0-9a-f]+$/, '00000000');
  await mkdir(join(temporary, `${dead}.01`));
  for (const name of [`${dead}.01/f0.mp4`, `${dead}.02`, `${ownerName()}.03`, 'elsewhere_1_2_ab.04'])
    await writeFile(join(temporary, name), 'x');
  const store = await openDiskStore(root);
  while ((await readdir(temporary)).length > 2) await sleep(5);
  assert.deepEqual((await readdir(temporary)).sort(), [`${ownerName()}.03`, 'elsewhere_1_2_ab.04'].sort());
  await store.close();
  await rm(root, { recursive: true });
});

test('what a killed process left of a write or a deletion goes while the store is open, within the hour', async (t) => {
  const root = await mkdtemp(join(tmpdir(), 'openvod-disk-'));
  let now = performance.now();
  t.mock.method(performance, 'now', () => now);
  t.mock.timers.enable({ apis: ['setInterval'] });
  const store = await openDiskStore(root);
  const temporary = join(root, '.temporary');
  await mkdir(join(temporary, 'deletion', '1'), { recursive: true });
  for (const name of ['deletion/1/f0.mp4', 'write', 'in-progress'])
    await writeFile(join(temporary, name), 'x');
  for (let minutes = 0; minutes < 60; minutes += 5) {
    now += 5 * 60_000;
    await writeFile(join(temporary, 'in-progress'), 'more', { flag: 'a' });
    t.mock.timers.tick(5 * 60_000);
    await sleep(20);
    if (minutes < 25) assert.equal((await readdir(temporary)).length, 3);
  }
  while ((await readdir(temporary)).length > 1) await sleep(5);
  assert.deepEqual(await readdir(temporary), ['in-progress']);
  await store.close();
  await rm(root, { recursive: true });
});

test('a file from another file system moves in', async (t) => {
  await using opened = await open();
  if (!opened.setFull) return t.skip('needs the right to mount a tmpfs');
  const path = join(await mkdtemp(join(tmpdir(), 'openvod-disk-')), 'a');
  await writeFile(path, bytes(1000));
  await opened.store.putFile('a', path);
  assert.ok((await contentOf(opened.store, 'a')).equals(bytes(1000)));
  await assert.rejects(stat(path), { code: 'ENOENT' });
  await rm(join(path, '..'), { recursive: true });
});
