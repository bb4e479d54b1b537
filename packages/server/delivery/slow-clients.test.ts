import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import path from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { LEAST_SHARE } from './in-flight.ts';
import { type Fixture, serve } from './testing/fixture.ts';

const MIB = 1024 ** 2;
const FILE = 'vod1/2/f0.mp4';
const SEGMENTS = 'vod1/2/f0.f210.ts';
const CLIENTS = 10;

/** Asks for something, takes the first bytes of the answer and then nothing more. */
async function stall({ port }: Fixture, target: string, method = 'GET'): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.write(`${method} /${target} HTTP/1.1\r\nHost: media.example.com\r\nReferer: http://a b\r\n\r\n`);
  await once(socket, 'readable');
  return socket;
}

/** How many objects are open in this process. */
async function openObjects(): Promise<number> {
  const folder = '/proc/self/fd';
  const links = (await readdir(folder)).map((fd) => readlink(path.join(folder, fd)).catch(() => ''));
  return (await Promise.all(links)).filter((link) => link.includes('/objects/vod')).length;
}

async function until(check: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await check())) await sleep(20);
}

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

const linux = process.platform === 'linux' ? false : 'needs /proc';

test('clients that stop reading and leave let go of their files', {
  skip: linux,
  timeout: 60_000,
}, async () => {
  await using server = await serve({ segmentCacheBytes: 0 });
  await server.store.put(FILE, Buffer.alloc(40 * MIB));
  const sockets = await Promise.all(Array.from({ length: CLIENTS }, () => stall(server, FILE)));
  await until(async () => (await openObjects()) === CLIENTS);
  for (const socket of sockets) socket.destroy();
  await until(() => server.delivered.length === CLIENTS);
  await until(async () => (await openObjects()) === 0);
  for (const bytes of server.delivered) assert.ok(bytes > 0 && bytes < 40 * MIB, `${bytes}`);
});

test('clients that pause let go of their files, and go on where they were', {
  skip: linux,
  timeout: 60_000,
}, async () => {
  await using server = await serve({ segmentCacheBytes: 0 });
  const content = randomBytes(40 * MIB);
  await server.store.put(FILE, content);
  const sockets = await Promise.all(Array.from({ length: 3 }, () => stall(server, FILE)));
  await until(async () => (await openObjects()) === 3);
  await until(async () => (await openObjects()) === 0);
  assert.equal(server.held().waiting, 3);
  for (const socket of sockets.slice(0, 2)) {
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of socket) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > content.length) break;
    }
    assert.ok(Buffer.concat(chunks).subarray(-content.length).equals(content));
  }
  // What was replaced meanwhile is not mixed with what it was.
  await server.store.put(FILE, randomBytes(40 * MIB));
  let received = 0;
  sockets[2]!
    .on('error', () => {})
    .on('data', (chunk) => {
      received += chunk.length;
    });
  await once(sockets[2]!, 'close');
  assert.ok(received < content.length);
});

test('clients that stop reading and leave let go of their memory', { timeout: 60_000 }, async () => {
  // Room for one slice: while somebody holds it, no other gets in.
  await using server = await serve({ segmentCacheBytes: 9 * MIB });
  await server.store.put(SEGMENTS, Buffer.alloc(16 * MIB));
  const slice = (n: number) => `${SEGMENTS}?start=${n * 8 * MIB}&end=${(n + 1) * 8 * MIB - 1}&type=mpegts`;
  await server.get(`/${slice(0)}`);
  const sockets = await Promise.all(Array.from({ length: CLIENTS }, () => stall(server, slice(0))));
  for (let round = 0; round < 3; round++) await server.get(`/${slice(1)}`);
  for (const socket of sockets) socket.destroy();
  await until(() => server.delivered.length === CLIENTS + 4);
  for (let round = 0; round < 3; round++) await server.get(`/${slice(1)}`);
  await until(() => server.delivered.length === CLIENTS + 7);
  await server.stop();
  const [log] = await readdir(server.accessLogDir).then((names) =>
    names.filter((n) => n.includes('127.0.0.1')),
  );
  const hits = String(await readFile(path.join(server.accessLogDir, log!)))
    .trim()
    .split('\n')
    .map((line) => line.split(' ').at(-1));
  // Slice 0 once, slice 1 three times while slice 0 is held, then three times when there is room.
  assert.deepEqual(hits, ['MISS', 'MISS', 'MISS', 'MISS', ...hits.slice(4)]);
  assert.equal(hits.at(-1), 'HIT');
});

test('a hundred clients that never read hold little together, and one that reads is served meanwhile', {
  timeout: 60_000,
}, async () => {
  const [limit, clients] = [4 * MIB, 100];
  await using server = await serve({ segmentCacheBytes: 0, inFlightBytes: limit });
  await server.store.put(FILE, Buffer.alloc(40 * MIB));
  const before = process.memoryUsage().arrayBuffers;
  const sockets = await Promise.all(Array.from({ length: clients }, () => stall(server, FILE)));
  await until(() => server.held().waiting === clients);
  const most = limit + clients * LEAST_SHARE;
  assert.ok(server.held().inFlightBytes <= most);
  // What went to the system is garbage; what the sockets of this end have read is here too.
  collectGarbage();
  const held = process.memoryUsage().arrayBuffers - before;
  assert.ok(held < most + clients * 128 * 1024, `${held} bytes`);
  assert.equal((await server.get(`/${FILE}`)).body.length, 40 * MIB);
  for (const socket of sockets) socket.destroy();
  await until(() => server.delivered.length === clients + 1);
  assert.deepEqual(server.held(), { ...server.held(), inFlightBytes: 0, waiting: 0 });
});

test('clients that leave while the store is busy end nothing but themselves', {
  timeout: 60_000,
}, async () => {
  await using server = await serve({ segmentCacheBytes: 0 });
  const { store } = server;
  await store.put(FILE, Buffer.alloc(MIB));
  const [head, read] = [store.head.bind(store), store.read.bind(store)];
  for (const [index, busy] of ['head', 'read'].entries()) {
    const asked = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<void>();
    const wait = async (step: string) => {
      if (step !== busy) return;
      asked.resolve();
      await answer.promise;
    };
    // The first asks for both, the second, in the same second, for the bytes only.
    store.head = (key) => wait('head').then(() => head(key));
    store.read = (key, range) => wait('read').then(() => read(key, range));
    const socket = connect(server.port, '127.0.0.1');
    socket.write(`GET /${FILE} HTTP/1.1\r\nHost: a\r\n\r\n`);
    await asked.promise;
    socket.destroy();
    await sleep(100);
    answer.resolve();
    await until(() => server.delivered.length === index + 1);
  }
  [store.head, store.read] = [head, read];
  assert.equal((await server.get(`/${FILE}`)).body.length, MIB);
});

test('the log has what was sent, not what was asked for', { timeout: 60_000 }, async () => {
  await using server = await serve({ trustProxy: true });
  await server.store.put(FILE, Buffer.alloc(40 * MIB));
  const headers = {
    host: 'media.example.com:8620',
    'x-forwarded-for': '192.0.2.7, 10.0.0.1',
    range: 'bytes=0-99',
  };
  await server.get(`/${FILE}?sign=secret`, { headers });
  // A client may have an answer before we know that it has.
  await until(() => server.delivered.length === 1);
  await server.get(`/${FILE}`, { method: 'HEAD', headers });
  await until(() => server.delivered.length === 2);
  (await stall(server, FILE)).destroy();
  await until(() => server.delivered.length === 3);
  await server.stop();
  const [name] = await readdir(server.accessLogDir);
  assert.match(name!, /^\d{10}_media\.example\.com\.log$/);
  const lines = String(await readFile(path.join(server.accessLogDir, name!)))
    .trimEnd()
    .split('\n')
    .map((line) => line.split(' '));
  assert.deepEqual(
    lines.map((line) => line.length),
    [15, 15, 15],
  );
  const [ranged, head, aborted] = lines;
  assert.deepEqual(ranged!.slice(1, 8), [
    '192.0.2.7',
    'media.example.com',
    `/${FILE}`,
    '100',
    '0',
    '0',
    '206',
  ]);
  assert.deepEqual(ranged!.slice(11, 14), ['bytes=0-99', 'GET', 'HTTP/1.1']);
  assert.deepEqual([head![4], head![7], head![12]], ['0', '200', 'HEAD']);
  assert.ok(Number(aborted![4]) < 40 * MIB);
  assert.equal(aborted![8], 'http://a%20b');
});
