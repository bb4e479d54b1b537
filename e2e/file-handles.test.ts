import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { test } from 'node:test';
import { makeDataDir, startServerProcess } from './harness.ts';
import { uniqueClip } from './testing/clips.ts';
import { announcement, partAt, sha1, upload } from './testing/upload.ts';

/** More than there are handles left. */
const CONNECTIONS = 60;
const HANDLES_LEFT = 20;

test('connections that take every file handle end nothing: calls are answered or may be repeated', async (t) => {
  try {
    execFileSync('prlimit', ['--version']);
  } catch {
    return t.skip('needs prlimit');
  }
  const dataDir = await makeDataDir();
  t.after(() => rm(dataDir, { recursive: true, force: true }));
  const server = await startServerProcess(dataDir, { OPENVOD_TRANSCODE_DEFAULTS: '10' });
  t.after(() => server.kill9());
  const { fileId, url } = await upload(server.call, await uniqueClip());

  const used = readdirSync(`/proc/${server.pid}/fd`).length;
  execFileSync('prlimit', ['--pid', String(server.pid), `--nofile=${used + HANDLES_LEFT}:`]);
  const port = Number(new URL(server.url).port);
  const sockets: Socket[] = [];
  for (let i = 0; i < CONNECTIONS; i++) {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
    sockets.push(socket);
    await Promise.race([once(socket, 'connect'), once(socket, 'close')]);
  }

  let answered = 0;
  let refused = 0;
  for (let i = 0; i < 10; i++) {
    const file = await uniqueClip();
    const { params, body } = partAt(file, 0);
    for (const call of [
      () => server.call('DescribeVodPlayUrls', { fileId }),
      () => server.call('CreateClass', { className: `class ${i}` }),
      () => server.call.upload('InitUpload', announcement(file)),
      () => server.call.upload('UploadPart', params, body),
    ]) {
      // A connection that cannot be taken is a failure that clients know to repeat.
      const answer = await call().catch(() => null);
      if (answer === null) continue;
      answered++;
      if (answer.canRetry === 1) refused++;
      // -10005: the announcement is what did not get through.
      const isFine = answer.code === 0 || answer.canRetry === 1 || answer.code === -10005;
      assert.ok(isFine, `${answer.code} ${answer.message}`);
    }
  }
  t.diagnostic(`${answered} of 40 calls were answered, ${refused} of them refused for now`);
  assert.ok(refused > 0 || answered < 40, 'there were handles left');

  for (const socket of sockets) socket.destroy();
  const file = await uniqueClip();
  await upload(server.call, file);
  assert.equal((await server.call.upload('FinishUpload', { fileSha: sha1(file) })).code, 0);
  assert.equal((await fetch(url)).status, 200);
  assert.equal((await server.call('DeleteVodFile', { fileId, priority: 0 })).code, 0);
});
