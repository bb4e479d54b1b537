/** What players can make the service hold: bounded, whatever they ask for and however little they take. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { makeDataDir, type RunningService, startService } from './harness.ts';
import { becomes, fetched } from './testing/fetched.ts';

const MIB = 1024 ** 2;
const FILE = '/vod1250000001/5285890784/f0.mp4';
const GET = `GET ${FILE} HTTP/1.1\r\n\r\n`;

let dataDir: string;
let service: RunningService;

before(async () => {
  dataDir = await makeDataDir();
  const file = path.join(dataDir, 'objects', FILE);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, Buffer.alloc(16 * MIB));
  const settings = {
    OPENVOD_PLAYBACK_MEMORY_MIB: '2',
    OPENVOD_SEGMENT_CACHE_MIB: '0',
    OPENVOD_MAX_CONNECTIONS: '40',
  };
  service = await startService({ dataDir, settings });
});
after(async () => {
  await service[Symbol.asyncDispose]();
  await rm(dataDir, { recursive: true, force: true });
});

/** Connections that send `text` and read no more than the first bytes. */
async function players(count: number, text: string): Promise<Socket[]> {
  const { hostname, port } = new URL(service.url);
  const sockets = Array.from({ length: count }, () => connect(Number(port), hostname).on('error', () => {}));
  for (const socket of sockets) socket.write(text);
  await Promise.all(sockets.map((socket) => once(socket, 'readable')));
  return sockets;
}

/** A figure of /metrics; the sum, where there are several by label. */
async function metric(name: string): Promise<number> {
  const text = (await fetched(`${service.url}/metrics`)).bytes.toString();
  const values = [...text.matchAll(new RegExp(`^${name}(?:\\{.*\\})? (\\S+)$`, 'gm'))];
  assert.ok(values.length > 0, `${name} is served`);
  return values.reduce((sum, [, value]) => sum + Number(value), 0);
}

async function metricBecomes(name: string, wanted: (value: number) => boolean): Promise<void> {
  await becomes(name, async () => wanted(await metric(name)));
}

test('who asks for much at once on one connection has one answer under way', {
  timeout: 60_000,
}, async () => {
  const sockets = await players(10, GET.repeat(10));
  await metricBecomes('openvod_playback_waiting_readers', (value) => value === 10);
  const held = await metric('openvod_playback_in_flight_bytes');
  assert.ok(held > 0 && held <= 2 * MIB + 10 * 64 * 1024, `${held}`);
  // All of them come when they are read, whatever the others do.
  const readers = sockets.slice(0, 2);
  for (const socket of readers) {
    let bytes = 0;
    socket.on('data', (chunk) => {
      bytes += chunk.length;
      if (bytes > 10 * 16 * MIB) socket.destroy();
    });
  }
  await Promise.all(readers.map((socket) => once(socket, 'close')));
  for (const socket of sockets) socket.destroy();
  await metricBecomes('openvod_playback_in_flight_bytes', (value) => value === 0);
});

test('who asks for thousands of files in one packet is refused', { timeout: 60_000 }, async () => {
  const before = await metric('openvod_connections_dropped_total').catch(() => 0);
  const sockets = await players(4, GET.repeat(1000));
  for (const socket of sockets) socket.resume();
  await Promise.all(sockets.map((socket) => once(socket, 'close')));
  assert.equal((await metric('openvod_connections_dropped_total')) - before, 4);
});

test('who opens more connections than there may be is refused, and served as soon as others leave', {
  timeout: 60_000,
}, async () => {
  const many = await players(38, GET);
  const { hostname, port } = new URL(service.url);
  const more = Array.from({ length: 10 }, () => connect(Number(port), hostname).on('error', () => {}));
  await Promise.race(more.map((socket) => once(socket, 'close')));
  for (const socket of [...many, ...more]) socket.destroy();
  await metricBecomes('openvod_connections', (value) => value < 5);
  assert.equal((await fetched(service.url + FILE)).bytes.length, 16 * MIB);
});

test('what playback holds is in the metrics', async () => {
  await fetched(service.url + FILE);
  assert.ok((await metric('openvod_playback_catalogue_bytes')) > 0);
  assert.equal(await metric('openvod_playback_cache_bytes'), 0);
  assert.equal(await metric('openvod_playback_waiting_readers'), 0);
});
