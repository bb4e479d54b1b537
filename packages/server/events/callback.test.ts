import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { type Logger, silentLogger } from '../common/log.ts';
import { describeOnBothDatabases, type TestDatabase } from '../testing/databases.ts';
import { tables } from './tables.ts';
import { openEvents } from './testing/fixture.ts';
import { openReceiver } from './testing/receiver.ts';

function setUp(
  { database }: TestDatabase,
  url: string,
  { log = silentLogger as Logger, timeoutMs = 30_000 } = {},
) {
  const { events, emit } = openEvents(database, {
    log,
    delivery: () => ({ mode: 'callback', url }),
    config: { callbackTimeoutMs: timeoutMs, callbackBackoffMs: 10 },
  });
  const settled = async () => {
    while (await tables(database.db).selectFrom('events').select('id').executeTakeFirst()) await sleep(10);
  };
  return { events, emit, settled };
}

describeOnBothDatabases('event callbacks', (open) => {
  test('each event is posted as JSON, once when it is answered, whatever the answer', async () => {
    await using fixture = await open();
    await using other = await openReceiver((response) => response.end());
    await using target = await openReceiver((response, count) => {
      if (count % 2) response.writeHead(500).end('no');
      else response.writeHead(307, { location: `http://127.0.0.1:${other.port}/` }).end();
    });
    const { events, emit, settled } = setUp(fixture, `http://user:p%40ss@127.0.0.1:${target.port}/hook?x=1`);
    events.start();
    for (let n = 0; n < 40; n++) await emit({ n });
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
      body: { version: '4.0', eventType: 'Happened', data: target.received[0]!.body.data },
    });
    assert.equal(other.received.length, 0);
  });

  test('an endless answer is not read', async () => {
    await using fixture = await open();
    await using target = await openReceiver((response) => {
      const more = () => {
        while (response.writable && response.write(Buffer.alloc(65536)));
      };
      response.on('drain', more);
      more();
    });
    const { events, emit, settled } = setUp(fixture, `http://127.0.0.1:${target.port}/`);
    events.start();
    await emit({ n: 1 });
    await settled();
    await events.stop();
    assert.equal(target.received.length, 1);
  });

  test('a receiver that hangs gets three sends, then the event is given up', async () => {
    await using fixture = await open();
    await using target = await openReceiver(() => {});
    const url = `http://127.0.0.1:${target.port}/`;
    const { events, emit, settled } = setUp(fixture, url, { timeoutMs: 300 });
    events.start();
    await emit({ n: 1 });
    await settled();
    await events.stop();
    assert.equal(target.received.length, 3);
  });

  test('a receiver that recovers gets its event', async () => {
    await using fixture = await open();
    await using target = await openReceiver((response, count) =>
      count < 3 ? response.destroy() : response.end(),
    );
    const { events, emit, settled } = setUp(fixture, `http://127.0.0.1:${target.port}/`);
    events.start();
    await emit({ n: 1 });
    await settled();
    await events.stop();
    assert.equal(target.received.length, 3);
  });

  test('a refused connection counts as a send, and the log keeps the address to itself', async () => {
    await using fixture = await open();
    const target = await openReceiver(() => {});
    await target[Symbol.asyncDispose]();
    const lines: string[] = [];
    const log = pino({}, { write: (line: string) => lines.push(line) });
    const url = `http://user:hidden@127.0.0.1:${target.port}/secret-path?token=hidden`;
    const { events, emit, settled } = setUp(fixture, url, { log });
    events.start();
    await emit({ n: 1 });
    await settled();
    await events.stop();
    const written = lines.join('');
    assert.equal(written.match(/ECONNREFUSED/g)?.length, 3, written);
    assert.doesNotMatch(written, /hidden|secret-path/);
  });

  test('what was not sent when the service stopped is sent by the next', async () => {
    await using fixture = await open();
    await using hanging = await openReceiver(() => {});
    const before = setUp(fixture, `http://127.0.0.1:${hanging.port}/`);
    before.events.start();
    await before.emit({ n: 1 });
    while (hanging.received.length === 0) await sleep(5);
    await before.events.stop();
    await using answering = await openReceiver((response) => response.end());
    const after = setUp(fixture, `http://127.0.0.1:${answering.port}/`);
    after.events.start();
    await after.settled();
    await after.events.stop();
    assert.equal(answering.received.length, 1);
  });

  test('two nodes share the work: each event is sent by one of them', async () => {
    await using fixture = await open();
    await using target = await openReceiver((response) => response.end());
    const url = `http://127.0.0.1:${target.port}/`;
    const nodes = [setUp(fixture, url), setUp(fixture, url)];
    for (let n = 0; n < 50; n++) await nodes[0]!.emit({ n });
    for (const { events } of nodes) events.start();
    await nodes[0]!.settled();
    for (const { events } of nodes) await events.stop();
    assert.equal(target.received.length, 50);
  });
});
