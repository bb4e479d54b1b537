import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { after, before, test } from 'node:test';
import { setTimeout as turn } from 'node:timers/promises';
import { startPostgres } from '../packages/server/testing/postgres.ts';
import { startS3 } from '../packages/server/testing/s3.ts';
import { makeDataDir, type ServerProcess, type Settings, startServerProcess } from './harness.ts';
import { signedQuery } from './testing/caller.ts';
import { announcement, sha1, upload } from './testing/upload.ts';

const PART = 5 * 1024 ** 2;
const CLIENTS = 30;
const MEMORY_MIB = 16;
/** As many parts as the memory has room for. */
const AT_ONCE = Math.floor((MEMORY_MIB * 1024 ** 2) / PART);
const FILES = 24;

let dataDir: string;
before(async () => {
  dataDir = await makeDataDir();
});
after(() => rm(dataDir, { recursive: true, force: true }));

async function metric({ url }: ServerProcess, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
}

/** A client that sends the head and half the body of a part, and then nothing. */
async function halfAPart({ url, call }: ServerProcess, seed: number): Promise<Socket> {
  const { host, hostname, port } = new URL(url);
  const fileSha = sha1(Buffer.from(String(seed)));
  const { code } = await call.upload('InitUpload', {
    ...announcement(Buffer.from('')),
    ...{ fileSha, fileSize: PART, dataSize: PART },
  });
  assert.equal(code, 0);
  const params = { Action: 'UploadPart', fileSha, offset: 0, dataSize: PART, dataMd5: '0'.repeat(32) };
  const query = signedQuery({ method: 'POST', host, path: '/v2/index.php' }, params);
  const socket = connect(Number(port), hostname).on('error', () => {});
  socket.write(`POST /v2/index.php?${query} HTTP/1.1\r\nHost: ${host}\r\nContent-Length: ${PART}\r\n\r\n`);
  socket.write(Buffer.alloc(PART / 2));
  return socket;
}

/** Parts that stop in the middle, all at once, and then an upload as it should be. */
async function floodWithHalves(settings: Settings): Promise<void> {
  const folder = await makeDataDir();
  const server = await startServerProcess(folder, {
    OPENVOD_UPLOAD_MEMORY_MIB: String(MEMORY_MIB),
    ...settings,
  });
  try {
    const clients = await Promise.all(Array.from({ length: CLIENTS }, (_, seed) => halfAPart(server, seed)));
    while ((await metric(server, 'openvod_upload_parts_waiting')) < CLIENTS - AT_ONCE) await turn(20);
    assert.ok((await metric(server, 'openvod_upload_memory_bytes')) <= MEMORY_MIB * 1024 ** 2);
    assert.equal((await server.call('DescribeClass')).code, 0);
    for (const client of clients) client.destroy();
    await upload(server.call, randomBytes(100_000));
    while ((await metric(server, 'openvod_upload_parts_waiting')) > 0) await turn(20);
    assert.ok((await metric(server, 'openvod_upload_memory_bytes')) <= MEMORY_MIB * 1024 ** 2);
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

test('parts that stop in the middle take no more than the memory for parts, and are no obstacle once they are gone', async () => {
  await floodWithHalves({});
});

const postgres = startPostgres();
after(() => postgres?.stop());

test('the same on PostgreSQL and S3', { skip: postgres ? false : 'no PostgreSQL' }, async () => {
  const s3 = await startS3();
  const url = await postgres!.createDatabase();
  try {
    await floodWithHalves({ OPENVOD_DATABASE_URL: url, OPENVOD_STORAGE_URL: s3.url });
  } finally {
    await s3.stop();
  }
});

test('uploads that are finished all at once start a few processes', async () => {
  const server = await startServerProcess(dataDir);
  try {
    const files = Array.from({ length: FILES }, () => randomBytes(10_000));
    let most = 0;
    let isDone = false;
    const watching = (async () => {
      while (!isDone) most = Math.max(most, await metric(server, 'openvod_probes_running'));
    })();
    await Promise.all(files.map((file) => upload(server.call, file, { fileType: 'avi' })));
    isDone = true;
    await watching;
    assert.ok(most >= 1 && most <= 4, `${most} ffprobes at once`);
    assert.equal(await metric(server, 'openvod_probes_running'), 0);
  } finally {
    await server.stop();
  }
});
