import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { openListeners } from './testing/open-listeners.ts';

/** A listener whose one route answers after a moment, and what was seen of it. */
async function open(encrypted = false) {
  const seen = { begun: 0, underWay: 0, most: 0 };
  /** Answers with the address and the length of the body; `/held…` not before `release`. */
  const held = Promise.withResolvers<void>();
  const register = (app: FastifyInstance) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', (_request, _payload, done) => done(null));
    app.all('/*', async ({ raw, url }) => {
      seen.begun += 1;
      seen.underWay += 1;
      seen.most = Math.max(seen.most, seen.underWay);
      if (url.startsWith('/held')) await held.promise;
      await sleep(5);
      const body = await raw.toArray();
      seen.underWay -= 1;
      return `<${url} ${Buffer.concat(body).length}>`;
    });
  };
  const listeners = await openListeners(register, { encrypted, limits: { waitingRequests: 4 } });
  return {
    ...listeners,
    seen,
    release: held.resolve,
    async [Symbol.asyncDispose]() {
      held.resolve();
      await listeners[Symbol.asyncDispose]();
    },
  };
}

const get = (target: string) => `GET ${target} HTTP/1.1\r\nHost: a\r\n\r\n`;
const post = (target: string, body: string) =>
  `POST ${target} HTTP/1.1\r\nHost: a\r\nContent-Type: a/b\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

/** All that comes over a connection until it closes, or `count` answers of the route are there. */
async function answers(socket: Socket, count: number): Promise<{ bodies: string[]; text: string }> {
  let text = '';
  const bodies = () => text.match(/<\S+ \d+>/g) ?? [];
  socket.on('error', () => {});
  socket.on('data', (chunk) => {
    text += chunk;
    if (bodies().length >= count) socket.destroy();
  });
  await once(socket, 'close');
  return { bodies: bodies(), text };
}

for (const encrypted of [false, true]) {
  const kind = encrypted ? 'a TLS connection' : 'a connection';

  test(`pipelined requests on ${kind} are answered one after the other, in order`, async () => {
    await using server = await open(encrypted);
    const socket = server.connect();
    socket.write(get('/1') + get('/2') + post('/3', 'xyz') + post('/4', 'x'.repeat(1000)) + get('/5'));
    const { bodies } = await answers(socket, 5);
    assert.deepEqual(bodies, ['</1 0>', '</2 0>', '</3 3>', '</4 1000>', '</5 0>']);
    assert.equal(server.seen.most, 1);
  });

  test(`what comes over ${kind} while an answer is under way is not read`, { timeout: 60_000 }, async () => {
    await using server = await open(encrypted);
    const socket = server.connect();
    socket.write(get('/held'));
    while (server.seen.begun === 0) await sleep(5);
    // The first of these waits, and with it the connection: the others stay with the system, in both directions.
    socket.write(get('/next'));
    await sleep(50);
    const flood = get(`/${'x'.repeat(30_000)}`).repeat(64);
    let written = 0;
    for (let round = 0; round < 32; round++) socket.write(flood, () => written++);
    await sleep(300);
    assert.ok(written < 32, 'the client is held up');
    assert.equal(server.seen.begun, 1);
    assert.deepEqual(server.dropped, []);
    const got = answers(socket, 100);
    server.release();
    assert.equal((await got).bodies.length, 100);
    assert.equal(server.seen.most, 1);
  });
}

test('a body that does not fit into memory at once comes in whole after its turn', async () => {
  await using server = await open();
  const socket = server.connect();
  socket.write(get('/1') + post('/2', 'x'.repeat(5_000_000)) + get('/3'));
  const { bodies } = await answers(socket, 3);
  assert.deepEqual(bodies, ['</1 0>', '</2 5000000>', '</3 0>']);
});

test('thousands of requests in one packet end the connection, with a word, and begin nothing', async () => {
  await using server = await open();
  const socket = server.connect();
  socket.write(get('/held') + get('/').repeat(1500));
  const { text } = await answers(socket, 1);
  assert.match(text, /^HTTP\/1\.1 429 .*too many requests at once on one connection/s);
  assert.ok(server.seen.begun <= 1);
  assert.deepEqual(server.dropped, ['pipelined']);
  const other = server.connect();
  other.write(get('/other'));
  assert.deepEqual((await answers(other, 1)).bodies, ['</other 0>']);
});

test('a client that leaves takes its waiting requests with it', async () => {
  await using server = await open();
  const socket = server.connect();
  socket.write(get('/held') + get('/2') + get('/3'));
  while (server.seen.begun === 0) await sleep(5);
  socket.resetAndDestroy();
  await sleep(50);
  server.release();
  while (server.seen.underWay > 0) await sleep(5);
  await sleep(50);
  assert.ok(server.seen.begun <= 2, 'the reset shows at the first answer');
});
