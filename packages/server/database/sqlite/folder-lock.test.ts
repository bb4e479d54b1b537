import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { FolderInUseError, lockFolder } from './folder-lock.ts';

const SINCE = Date.UTC(2026, 0, 2, 3, 4, 5);

async function openFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'openvod-lock-'));
  t.after(() => rm(folder, { recursive: true }));
  return folder;
}

/** Another process that has the lock. */
async function otherServer(t: TestContext, folder: string) {
  const script = `
    const { lockFolder } = await import(${JSON.stringify(path.join(import.meta.dirname, 'folder-lock.ts'))});
    globalThis.lock = await lockFolder(${JSON.stringify(folder)}, ${SINCE});
    console.log('locked');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(() => child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return child;
}

test('the second is refused, with the first by name, and has the folder when the first is killed', async (t) => {
  const folder = await openFolder(t);
  const first = await otherServer(t, folder);
  await assert.rejects(lockFolder(folder, SINCE), (error: Error) => {
    assert.ok(error instanceof FolderInUseError);
    assert.match(error.message, /^OPENVOD_DATA_DIR: /);
    assert.match(
      error.message,
      new RegExp(`process id ${first.pid} on ${hostname()}, .* 2026-01-02T03:04:05`),
    );
    return true;
  });
  first.kill('SIGKILL');
  await once(first, 'exit');
  assert.ok((await readdir(folder)).includes('server.json'), 'a killed server tidies nothing up');
  await (await lockFolder(folder, SINCE)).release();
  assert.deepEqual(await readdir(folder), ['server.lock']);
});

test('what a killed server left is no obstacle, whoever has its process id now, nor is nonsense', async (t) => {
  const folder = await openFolder(t);
  for (const left of [JSON.stringify({ pid: process.pid, host: hostname(), since: 'then' }), '{', '']) {
    await writeFile(path.join(folder, 'server.json'), left);
    await writeFile(path.join(folder, 'server.lock'), '');
    await (await lockFolder(folder, SINCE)).release();
  }
});

test('in one process, too, the second is refused until the first lets go; both files are private', async (t) => {
  const folder = await openFolder(t);
  const first = await lockFolder(folder, SINCE);
  await assert.rejects(lockFolder(folder, SINCE), FolderInUseError);
  await rm(path.join(folder, 'server.json'));
  await assert.rejects(lockFolder(folder, SINCE), /in use by another server/);
  await first.release();
  const second = await lockFolder(folder, SINCE);
  for (const name of await readdir(folder)) {
    assert.equal((await stat(path.join(folder, name))).mode & 0o777, 0o600, name);
  }
  assert.equal((await stat(path.join(folder, 'server.lock'))).size, 0);
  await second.release();
});
