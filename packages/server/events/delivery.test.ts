import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { describeOnBothDatabases, type TestDatabase } from '../testing/databases.ts';
import type { Delivery } from './index.ts';
import { tables } from './tables.ts';
import { APP, openEvents } from './testing/fixture.ts';
import { openReceiver } from './testing/receiver.ts';

const OTHER = '1500000001';

async function untilLeft({ database: { db } }: TestDatabase, count: number): Promise<void> {
  while ((await tables(db).selectFrom('events').select('id').execute()).length > count) await sleep(5);
}

describeOnBothDatabases('events of several applications', (open) => {
  test('each application gets its own by its own way', async () => {
    await using fixture = await open();
    await using mine = await openReceiver((response) => response.end());
    await using theirs = await openReceiver((response) => response.end());
    const ways: Record<string, Delivery> = {
      [APP]: { mode: 'callback', url: mine.url },
      [OTHER]: { mode: 'callback', url: theirs.url },
    };
    const { events, emit, pull } = openEvents(fixture.database, {
      delivery: (appId) => ways[appId] ?? { mode: 'pull' },
    });
    events.start();
    await emit({ n: 1 });
    await emit({ n: 2 }, OTHER);
    await emit({ n: 3 }, '1500000002');
    await mine.hasGot(1);
    await theirs.hasGot(1);
    assert.deepEqual([mine.received[0]!.body.data.n, theirs.received[0]!.body.data.n], [1, 2]);
    const [event] = await pull('1500000002');
    assert.equal(event!.content.data.n, 3);
    await events.stop();
  });

  test('what waits for pulls is posted once that is wished, and the reverse', async () => {
    await using fixture = await open();
    await using receiver = await openReceiver((response) => response.end());
    let way: Delivery = { mode: 'pull' };
    const { events, emit, pull } = openEvents(fixture.database, { delivery: () => way });
    events.start();
    for (let n = 0; n < 20; n++) await emit({ n });
    way = { mode: 'callback', url: receiver.url };
    assert.deepEqual(await pull(), []);
    await receiver.hasGot(20);
    await untilLeft(fixture, 0);
    assert.equal(receiver.received.length, 20);
    await events.stop();

    const stopped = openEvents(fixture.database, { delivery: () => way });
    await stopped.emit({ n: 'later' });
    assert.deepEqual(await stopped.pull(), []);
    way = { mode: 'pull' };
    const [event] = await stopped.pull();
    assert.equal(event!.content.data.n, 'later');
  });

  test('a receiver that hangs holds up only its own application', async () => {
    await using fixture = await open();
    await using hanging = await openReceiver(() => {});
    await using answering = await openReceiver((response) => response.end());
    const { events, emit } = openEvents(fixture.database, {
      delivery: (appId) => ({ mode: 'callback', url: (appId === APP ? hanging : answering).url }),
      config: { callbackTimeoutMs: 60_000 },
    });
    events.start();
    await emit({ n: 1 });
    await hanging.hasGot(1);
    for (let n = 0; n < 40; n++) await emit({ n }, OTHER);
    await answering.hasGot(40);
    await untilLeft(fixture, 1);
    await events.stop();
    const [left] = await tables(fixture.database.db).selectFrom('events').select('queue').execute();
    assert.equal(left!.queue, APP);
  });
});
