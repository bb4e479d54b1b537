import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { commandAgainstReaders, makePrivateFile, makePrivateFolder } from './private-files.ts';

async function open(t: TestContext): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "openvod private's-"));
  t.after(() => rm(folder, { recursive: true }));
  return folder;
}

const modeOf = async (file: string) => (await stat(file)).mode & 0o777;

test('a new folder and a new file are for this user alone, and old ones stay as they are', async (t) => {
  const root = await open(t);
  const folder = path.join(root, 'a', 'b');
  await makePrivateFolder(folder);
  assert.equal(await modeOf(folder), 0o700);
  await chmod(folder, 0o755);
  await makePrivateFolder(folder);
  assert.equal(await modeOf(folder), 0o755);

  const file = path.join(root, 'file');
  makePrivateFile(file);
  assert.equal(await modeOf(file), 0o600);
  await writeFile(file, 'kept');
  await chmod(file, 0o644);
  makePrivateFile(file);
  assert.equal(await modeOf(file), 0o644);
  assert.equal((await stat(file)).size, 4);
});

test('a folder that others may look into has a command that mends it', async (t) => {
  const folder = await open(t);
  assert.equal(await commandAgainstReaders(folder), null);
  await writeFile(path.join(folder, 'file'), '', { mode: 0o644 });
  for (const mode of [0o750, 0o705, 0o755]) {
    await chmod(folder, mode);
    execFileSync('sh', ['-c', (await commandAgainstReaders(folder))!]);
    assert.equal(await modeOf(folder), 0o700);
    assert.equal(await commandAgainstReaders(folder), null);
  }
  assert.equal(await modeOf(path.join(folder, 'file')), 0o600);
});
