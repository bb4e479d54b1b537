/** An upload that meets a restart of the server goes on by itself, and says what it waits for. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { createClient, type UploadProgress } from '../packages/sdk/src/index.ts';
import { makeDataDir, type ServerProcess, startServerProcess } from './harness.ts';
import { KEYS } from './testing/caller.ts';
import { uniqueClip } from './testing/clips.ts';
import { sha1 } from './testing/upload.ts';

const MEBIBYTE = 1024 * 1024;
let dataDir: string;
let server: ServerProcess;

before(async () => {
  dataDir = await makeDataDir();
  server = await startServerProcess(dataDir);
});
after(async () => {
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
});

const restart = async () => {
  server = await startServerProcess(dataDir, { OPENVOD_PORT: new URL(server.url).port });
};

async function videoFile(size: number): Promise<{ file: string; bytes: Buffer }> {
  const bytes = await uniqueClip(size);
  const file = path.join(dataDir, `${sha1(bytes)}.mp4`);
  await writeFile(file, bytes);
  return { file, bytes };
}

const bytesAt = async (url: string) => Buffer.from(await (await fetch(url)).arrayBuffer());

for (const how of ['stop', 'kill9'] as const) {
  test(`an upload goes on after a restart of the server (${how})`, async () => {
    const { file, bytes } = await videoFile(12 * MEBIBYTE);
    const seen: UploadProgress[] = [];
    let ending: Promise<unknown> | null = null;
    let back: Promise<void> | null = null;
    const { url } = await createClient({ ...KEYS, url: server.url }).upload(file, {
      parallel: 2,
      onProgress(progress) {
        seen.push(progress);
        if (progress.phase === 'uploading' && progress.uploadedBytes > 2 * MEBIBYTE) ending ??= server[how]();
        if (progress.waiting) back ??= ending!.then(restart);
      },
    });
    assert.ok(ending, 'the server ended in the middle');
    assert.ok(back, 'the upload said that it waits');
    assert.deepEqual(sha1(await bytesAt(url)), sha1(bytes));
    assert.equal(seen.at(-1)!.waiting, null);
    const sent = seen.map(({ uploadedBytes }) => uploadedBytes);
    assert.ok(sent.every((now, index) => index === 0 || now >= sent[index - 1]!));
  });
}

test('the command says that it waits, and that the server is back', async () => {
  const { file, bytes } = await videoFile(MEBIBYTE);
  const { url: address } = server;
  await server.stop();
  const command = path.join(import.meta.dirname, '../packages/sdk/bin/openvod.mjs');
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', command, 'upload', file, '--json'],
    {
      env: {
        PATH: process.env.PATH,
        OPENVOD_URL: address,
        OPENVOD_SECRET_ID: KEYS.secretId,
        OPENVOD_SECRET_KEY: KEYS.secretKey,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let words = '';
  let back: Promise<void> | null = null;
  child.stderr.setEncoding('utf8').on('data', (text) => {
    words += text;
    if (/trying again/.test(words)) back ??= restart();
  });
  const out = child.stdout.toArray();
  const [code] = await once(child, 'close');
  await back;
  assert.equal(code, 0, words);
  const { url } = JSON.parse((await out).join(''));
  assert.equal(sha1(await bytesAt(url)), sha1(bytes));
  assert.match(
    words,
    /^openvod: the server does not answer, trying again for 60 s \(.*ECONNREFUSED\)\nopenvod: the server answers again\n$/,
  );
});
