import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { type Logger, silentLogger } from '../common/log.ts';
import { describeOnBothDatabases, type TestDatabase } from '../testing/databases.ts';
import { createEvents } from './index.ts';

interface Received {
  method: string | undefined;
  type: string | undefined;
  authorization: string | undefined;
  body: { data: { n: number } };
}

/** Answers as `answer` says once it has the whole body. */
async function receiver(answer: (response: ServerResponse, count: number) => void) {
  const received: Received[] = [];
  const server = createServer(async (request: IncomingMessage, response) => {
    const body = JSON.parse(Buffer.concat(await request.toArray()).toString());
    const { authorization, 'content-type': type } = request.headers;
    received.push({ method: request.method, type, authorization, body });
    answer(response, received.length);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = (server.address() as AddressInfo).port;
  return {
    port,
    received,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function setUp(
  { database }: TestDatabase,
  callbackUrl: string,
  { log = silentLogger as Logger, timeoutMs = 30_000 } = {},
) {
  const events = createEvents({
    database,
    clock: Date.now,
    log,
    config: { mode: 'callback', callbackUrl, callbackTimeoutMs: timeoutMs, callbackBackoffMs: 10 },
  });
  const emit = (n: number) =>
    database.db
      .transaction()
      .execute((trx) => events.emit(trx, '1250000001', 'FileDeleted', { n }, Date.now()));
  const settled = async () => {
    while (await database.db.selectFrom('events').select('id').executeTakeFirst()) await sleep(10);
  };
  return { events, emit, settled };
}

describeOnBothDatabases('event callbacks', (open) => {
  test('each event is posted as JSON, once when it is answered, whatever the answer', async () => {
    await using fixture = await open();
    await using other = await receiver((response) => response.end());
    await using target = await receiver((response, count) => {
      if (count % 2) response.writeHead(500).end('no');
      else response.writeHead(307, { location: `http://127.0.0.1:${other.port}/` }).end();
    });
    const { events, emit, settled } = setUp(fixture, `http://user:p%40ss@127.0.0.1:${target.port}/hook?x=1`);
    events.start();
    for (let n = 0; n < 40; n++) await emit(n);
    await settled();
    await events.stop();
    assert.deepEqual(
      target.received.map(({ body }) => body.data.n).sort((a, b) => a - b),
      Array.from({ length: 40 }, (_, n) => n),
    );
    assert.deepEqual(target.received[0], {
      method: 'POST',
      type: 'application/json',
      authorization: `Basic ${btoa('user:p@ss')}`,
      body: { version: '4.0', eventType: 'FileDeleted', data: target.received[0]!.body.data },
    });
    assert.equal(other.received.length, 0);
  });

  test('an endless answer is not read', async () => {
    await using fixture = await open();
    await using target = await receiver((response) => {
      const more = () => {
        while (response.writable && response.write(Buffer.alloc(65536)));
      };
      response.on('drain', more);
      more();
    });
    const { events, emit, settled } = setUp(fixture, `http://127.0.0.1:${target.port}/`);
    events.start();
    await emit(1);
    await settled();
    await events.stop();
    assert.equal(target.received.length, 1);
  });

  test('a receiver that hangs gets three sends, then the event is given up', async () => {
    await using fixture = await open();
    await using target = await receiver(() => {});
    const url = `http://127.0.0.1:${target.port}/`;
    const { events, emit, settled } = setUp(fixture, url, { timeoutMs: 300 });
    events.start();
    await emit(1);
    await settled();
    await events.stop();
    assert.equal(target.received.length, 3);
  });

  test('a receiver that recovers gets its event', async () => {
    await using fixture = await open();
    await using target = await receiver((response, count) =>
      count < 3 ? response.destroy() : response.end(),
    );
    const { events, emit, settled } = setUp(fixture, `http://127.0.0.1:${target.port}/`);
    events.start();
    await emit(1);
    await settled();
    await events.stop();
    assert.equal(target.received.length, 3);
  });

  test('a refused connection counts as a send, and the log keeps the address to itself', async () => {
    await using fixture = await open();
    const target = await receiver(() => {});
    await target[Symbol.asyncDispose]();
    const lines: string[] = [];
    const log = pino({}, { write: (line: string) => lines.push(line) });
    const url = `http://user:hidden@127.0.0.1:${target.port}/secret-path?token=hidden`;
    const { events, emit, settled } = setUp(fixture, url, { log });
    events.start();
    await emit(1);
    await settled();
    await events.stop();
    const written = lines.join('');
    assert.equal(written.match(/ECONNREFUSED/g)?.length, 3, written);
    assert.doesNotMatch(written, /hidden|secret-path/);
  });

  test('what was not sent when the service stopped is sent by the next', async () => {
    await using fixture = await open();
    await using hanging = await receiver(() => {});
    const before = setUp(fixture, `http://127.0.0.1:${hanging.port}/`);
    before.events.start();
    await before.emit(1);
    while (hanging.received.length === 0) await sleep(5);
    await before.events.stop();
    await using answering = await receiver((response) => response.end());
    const after = setUp(fixture, `http://127.0.0.1:${answering.port}/`);
    after.events.start();
    await after.settled();
    await after.events.stop();
    assert.equal(answering.received.length, 1);
  });

  test('two nodes share the work: each event is sent by one of them', async () => {
    await using fixture = await open();
    await using target = await receiver((response) => response.end());
    const url = `http://127.0.0.1:${target.port}/`;
    const nodes = [setUp(fixture, url), setUp(fixture, url)];
    for (let n = 0; n < 50; n++) await nodes[0]!.emit(n);
    for (const { events } of nodes) events.start();
    await nodes[0]!.settled();
    for (const { events } of nodes) await events.stop();
    assert.equal(target.received.length, 50);
  });
});

test('callback mode without an http address is refused', () => {
  for (const callbackUrl of [undefined, '', 'ftp://example.com/', 'nonsense']) {
    assert.throws(
      () =>
        createEvents({
          database: { db: undefined!, kind: 'sqlite' } as never,
          clock: Date.now,
          log: silentLogger,
          config: { mode: 'callback', ...(callbackUrl === undefined ? {} : { callbackUrl }) },
        }),
      /http\(s\) address/,
    );
  }
});
