import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { ownerName } from '../tasks/index.ts';
import { workFolders } from './work-folders.ts';

test('folders go after use; leftovers of dead and of forgotten processes go too, those of living ones stay', async () => {
  const root = await mkdtemp(path.join(tmpdir(), 'openvod-test-'));
  try {
    // Our own process id with another word: a process that had the id before us.
    const dead = ownerName().replace(/[0-9a-f]+$/, '00000000');
    for (const name of [dead, 'elsewhere_1_2_ab', 'forgotten_1_2_ab']) {
      await mkdir(path.join(root, name));
      await writeFile(path.join(root, name, 'f0.f20.mp4'), 'half');
    }
    const longAgo = Date.now() / 1000 - 3 * 24 * 3600;
    await utimes(path.join(root, 'forgotten_1_2_ab'), longAgo, longAgo);

    const folders = workFolders(root);
    {
      await using one = await folders.open();
      await using other = await folders.open();
      assert.notEqual(one.path, other.path);
      await writeFile(path.join(one.path, 'file'), 'text');
      assert.deepEqual((await readdir(root)).sort(), [ownerName(), 'elsewhere_1_2_ab'].sort());
    }
    assert.deepEqual(await readdir(path.join(root, ownerName())), []);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
});
