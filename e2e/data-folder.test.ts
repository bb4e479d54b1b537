import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { chmod, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { filesBelow } from '../packages/server/testing/files.ts';
import { makeDataDir, type ServerProcess, startServerProcess } from './harness.ts';
import { uniqueClip } from './testing/clips.ts';
import { mountSmallDisk } from './testing/small-disk.ts';
import { announcement, PART_SIZE, partAt, sha1, upload } from './testing/upload.ts';

const run = promisify(execFile);
const SERVER = path.join(import.meta.dirname, '../packages/server');

async function openDataDir(t: TestContext): Promise<string> {
  const root = await makeDataDir();
  t.after(() => rm(root, { recursive: true, force: true }));
  return path.join(root, 'data');
}

async function start(t: TestContext, dataDir: string, settings = {}): Promise<ServerProcess> {
  const server = await startServerProcess(path.dirname(dataDir), { OPENVOD_DATA_DIR: dataDir, ...settings });
  t.after(() => server.kill9());
  return server;
}

async function readiness({ url }: ServerProcess) {
  const answer = await fetch(`${url}/readyz`);
  const text = await answer.text();
  const { checks } = JSON.parse(text) as { checks: Record<string, { ok: boolean; why?: string }> };
  return { status: answer.status, text, checks };
}

/** Resolves when the server says that its data folder is gone, within some seconds. */
async function outOfService(server: ServerProcess): Promise<void> {
  const deadline = Date.now() + 10_000;
  while ((await readiness(server)).checks.disk?.why !== 'the data folder is gone') {
    assert.ok(Date.now() < deadline, 'it is not noticed');
    await sleep(100);
  }
}

/** No call may be acknowledged, and each must say that it may be repeated. */
async function checkRefused({ call }: ServerProcess, half: Buffer<ArrayBuffer>): Promise<void> {
  for (const action of ['CreateClass', 'DescribeAllClass', 'PullEvent']) {
    const { code, message } = await call(action, action === 'CreateClass' ? { className: 'lost' } : {});
    assert.equal(code, 6200, message);
    assert.match(message, /gone/);
  }
  const second = partAt(half, PART_SIZE);
  for (const answer of [
    await call.upload('InitUpload', announcement(await uniqueClip())),
    await call.upload('UploadPart', second.params, second.body),
    await call.upload('FinishUpload', { fileSha: sha1(half) }),
  ]) {
    assert.deepEqual([answer.code, answer.canRetry], [-10004, 1], answer.message);
  }
}

async function halfAnUpload({ call }: ServerProcess): Promise<Buffer<ArrayBuffer>> {
  const half = await uniqueClip(2 * PART_SIZE);
  assert.equal((await call.upload('InitUpload', announcement(half))).code, 0);
  const first = partAt(half, 0);
  assert.equal((await call.upload('UploadPart', first.params, first.body)).code, 0);
  return half;
}

test('a data folder that is moved away: nothing is acknowledged until it is back, nothing is lost', async (t) => {
  const dataDir = await openDataDir(t);
  const server = await start(t, dataDir);
  const { fileId } = await upload(server.call, await uniqueClip());
  const half = await halfAnUpload(server);

  await rename(dataDir, `${dataDir}.away`);
  await outOfService(server);
  await checkRefused(server, half);
  const { status, text, checks } = await readiness(server);
  assert.equal(status, 503);
  assert.deepEqual(
    Object.entries(checks).map(([name, { ok, why }]) => [name, ok, why]),
    [
      ['database', false, 'its files are gone'],
      ['storage', false, 'its files are gone'],
      ['disk', false, 'the data folder is gone'],
    ],
  );
  assert.ok(!text.includes(dataDir));
  assert.match(server.lastWords(), /data folder and database and storage: gone or replaced/);

  await rename(`${dataDir}.away`, dataDir);
  while ((await readiness(server)).status !== 200) await sleep(100);
  const second = partAt(half, PART_SIZE);
  assert.equal((await server.call.upload('UploadPart', second.params, second.body)).code, 0);
  assert.equal((await server.call.upload('FinishUpload', { fileSha: sha1(half) })).code, 0);
  assert.equal((await server.call('GetVideoInfo', { fileId })).code, 0);
});

test('rm -rf of the data folder: nothing is acknowledged from then on, and nothing is made in its place', async (t) => {
  const dataDir = await openDataDir(t);
  const server = await start(t, dataDir);
  const half = await halfAnUpload(server);
  await rm(dataDir, { recursive: true });
  // At once, before anybody has looked: what is written to deleted files is not acknowledged.
  assert.notEqual((await server.call('CreateClass', { className: 'lost' })).code, 0);
  const second = partAt(half, PART_SIZE);
  assert.equal((await server.call.upload('UploadPart', second.params, second.body)).canRetry, 1);
  await outOfService(server);
  await checkRefused(server, half);
  await assert.rejects(stat(dataDir), { code: 'ENOENT' });
  assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
  assert.equal(await server.stop(), 0);
});

test('a disk that is unmounted under the server', async (t) => {
  const disk = mountSmallDisk({ mib: 64, files: 1000 });
  if (disk === null) return t.skip('needs the right to mount a tmpfs');
  const root = path.dirname(disk.dataDir);
  const server = await start(t, disk.dataDir);
  const half = await halfAnUpload(server);
  execFileSync('umount', ['-l', root]);
  t.after(() => rm(root, { recursive: true, force: true }));
  await outOfService(server);
  await checkRefused(server, half);
  assert.deepEqual(await readdir(root), []);
});

test('a second server on the folder is refused and told which is the first; commands go on', async (t) => {
  const dataDir = await openDataDir(t);
  const first = await start(t, dataDir);
  await assert.rejects(start(t, dataDir), ({ message }: Error) => {
    assert.match(
      message,
      new RegExp(`OPENVOD_DATA_DIR: .* in use by .* process id ${first.pid} .* since \\d{4}-`),
    );
    return true;
  });
  assert.equal((await first.call('DescribeAllClass')).code, 0, 'the first is not disturbed');
  const env = { PATH: process.env.PATH, OPENVOD_DATA_DIR: dataDir };
  for (const script of ['commands/keys.ts', 'commands/settings.ts']) {
    await run(process.execPath, ['--disable-warning=ExperimentalWarning', path.join(SERVER, script)], {
      env,
      cwd: path.dirname(dataDir),
    });
  }
  assert.equal((await first.call('CreateClass', { className: 'after them' })).code, 0);
  await first.kill9();
  const second = await start(t, dataDir);
  assert.equal((await second.call('DescribeAllClass')).code, 0);
});

test('the data folder and what holds secrets in it are private; one that others may read is told of', async (t) => {
  const dataDir = await openDataDir(t);
  const server = await start(t, dataDir, { OPENVOD_TLS: 'self-signed', OPENVOD_TLS_PORT: '0' });
  const { url } = await upload(server.call, await uniqueClip());
  await fetch(url);
  while ((await filesBelow(path.join(dataDir, 'access-log'))).length === 0) await sleep(50);
  assert.equal(await modeOf(dataDir), 0o700);
  const secret = /\.sqlite|\.json$|\.lock$|^access-log\/|key\.pem$/;
  const files = (await filesBelow(dataDir)).filter((name) => secret.test(name));
  assert.ok(files.length >= 9, files.join());
  for (const file of files) assert.equal(await modeOf(path.join(dataDir, file)), 0o600, file);
  assert.doesNotMatch(server.lastWords(), /others can read/);
  await server.stop();

  await chmod(dataDir, 0o755);
  const again = await start(t, dataDir);
  const command = /"command":"(chmod [^"]*)"/.exec(again.lastWords())?.[1];
  assert.equal(await modeOf(dataDir), 0o755, 'it is the operator who changes it');
  execFileSync('sh', ['-c', command!]);
  assert.equal(await modeOf(dataDir), 0o700);
});

async function modeOf(file: string): Promise<number> {
  return (await stat(file)).mode & 0o777;
}
