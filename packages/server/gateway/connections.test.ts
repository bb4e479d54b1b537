import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import { connectionBound } from './connections.ts';
import { openListeners } from './testing/open-listeners.ts';

const MIB = 1024 ** 2;
const get = (target: string) => `GET ${target} HTTP/1.1\r\nHost: a\r\n\r\n`;

async function until(check: () => boolean): Promise<void> {
  while (!check()) await sleep(10);
}

/** Resolves to what comes over a connection until it has `text`, or closes. */
async function receive(socket: Socket, text: string): Promise<string> {
  socket.setEncoding('latin1');
  let got = '';
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    got += chunk;
    if (got.includes(text)) break;
  }
  return got;
}

const piece = Buffer.alloc(MIB / 4);

/** `/large` answers more than any system buffers, in pieces; `/slow` after `ms`, all else `ok`. */
const routes =
  (ms = 0) =>
  (app: FastifyInstance) => {
    app.get('/large', async () => Readable.from(Array(256).fill(piece), { objectMode: false }));
    app.get('/slow', async () => sleep(ms).then(() => 'slow'));
    app.get('/*', async () => 'ok');
  };

for (const encrypted of [false, true]) {
  test(`a client that takes nothing${encrypted ? ' over TLS' : ''} is cut off, others are not`, async () => {
    await using server = await openListeners(routes(1500), { encrypted, limits: { stallMs: 600 } });
    const stalled = server.connect().on('error', () => {});
    stalled.write(get('/large'));
    await once(stalled, 'readable');
    // Nothing moves on this one, but not because of its client.
    const waiter = server.connect();
    waiter.write(get('/slow'));
    assert.match(await receive(waiter, 'slow'), /slow$/);
    // Takes a little now and then, for longer than one that takes nothing is borne with.
    const reader = server.connect();
    reader.write(get('/large'));
    let taken = 0;
    for await (const chunk of reader.iterator({ destroyOnReturn: false })) {
      taken += chunk.length;
      if (taken > 24 * MIB) break;
      if (taken % MIB < chunk.length) await sleep(30);
    }
    await until(() => server.dropped.length > 0);
    assert.deepEqual(server.dropped, ['stalled']);
    await until(() => server.open() === 2);
    reader.destroy();
    waiter.destroy();
    await until(() => server.open() === 0);
  });
}

test('connections above the bound are closed at once, idle ones make room, and one line tells of it', async () => {
  const lines: unknown[] = [];
  const log = { warn: (details: unknown) => lines.push(details) };
  await using server = await openListeners(routes(), { maxConnections: 5, log: log as never });
  const idle: Socket[] = [];
  for (let n = 0; n < 5; n++) {
    const socket = server.connect();
    socket.write(get('/'));
    await receive(socket, 'ok');
    idle.push(socket);
  }
  assert.equal(server.open(), 5);
  for (let n = 0; n < 20; n++) {
    const socket = server.connect();
    socket.on('error', () => {});
    await once(socket, 'close');
    if (server.open() === 0) break;
  }
  assert.ok(server.dropped.length > 0 && server.dropped.every((reason) => reason === 'limit'));
  assert.deepEqual(lines, [{ open: 5 }]);
  const next = server.connect();
  next.write(get('/'));
  assert.match(await receive(next, 'ok'), /^HTTP\/1\.1 200 /);
  next.destroy();
});

test('as many connections as are wanted, or as files may be opened for', () => {
  for (const [wanted, listeners, openFiles, bound] of [
    [8192, 1, Number.POSITIVE_INFINITY, 8192],
    [8192, 1, 1024, 480],
    [8192, 2, 1024, 240],
    [100, 1, 1024, 100],
    [8192, 1, 10, 1],
  ] as const) {
    assert.equal(connectionBound(wanted, listeners, openFiles), bound);
  }
});

test('a server that may open few files outlives many clients', {
  skip: process.platform === 'win32' ? 'needs a POSIX shell' : false,
  timeout: 60_000,
}, async () => {
  const script = fileURLToPath(new URL('testing/few-files.ts', import.meta.url));
  const limited = ['-c', 'ulimit -n 128 && exec "$@"', 'sh', process.execPath, script];
  const child = spawn('sh', limited, { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const lines = child.stdout.setEncoding('utf8').iterator({ destroyOnReturn: false });
    const port = Number((await lines.next()).value);
    const sockets = Array.from({ length: 300 }, () => connect(port, '127.0.0.1'));
    let closed = 0;
    for (const socket of sockets) {
      socket.on('error', () => {});
      socket.on('close', () => closed++);
      socket.write(get('/slow'));
    }
    // 128 files are enough for 32 connections with an object each.
    await until(() => closed >= 300 - 32);
    for (const socket of sockets) socket.destroy();
    const answer = async () => (await fetch(`http://127.0.0.1:${port}/file`).catch(() => null))?.status;
    while ((await answer()) !== 200) await sleep(50);
    assert.equal(child.exitCode, null);
  } finally {
    child.kill('SIGKILL');
  }
});
