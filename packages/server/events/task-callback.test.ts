import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createOutbound } from '../common/outbound/outbound.ts';
import { describeOnBothDatabases } from '../testing/databases.ts';
import { tables } from './tables.ts';
import { APP, openEvents } from './testing/fixture.ts';
import { openReceiver } from './testing/receiver.ts';

const anywhere = createOutbound({ allowPrivate: true });

describeOnBothDatabases('callbacks of single tasks', (open) => {
  test('the event is posted to the task’s address, and comes the application’s own way too', async () => {
    await using fixture = await open();
    await using own = await openReceiver((response) => response.end());
    await using task = await openReceiver((response) => response.end());
    for (const delivery of [{ mode: 'pull' }, { mode: 'callback', url: own.url }] as const) {
      const { events, emit, pull } = openEvents(fixture.database, {
        outbound: anywhere,
        delivery: () => delivery,
      });
      events.start();
      const { length } = task.received;
      await emit({ n: delivery.mode }, APP, task.url);
      await task.hasGot(length + 1);
      if (delivery.mode === 'callback') await own.hasGot(1);
      else {
        const pulled = await pull();
        assert.equal(pulled.length, 1);
        assert.deepEqual(pulled[0]!.content, task.received[0]!.body);
        await events.confirm(APP, [pulled[0]!.handle]);
      }
      while (await tables(fixture.database.db).selectFrom('events').select('id').executeTakeFirst()) {
        await sleep(5);
      }
      await events.stop();
    }
    assert.deepEqual(
      task.received.map(({ body }) => body.data.n),
      ['pull', 'callback'],
    );
    assert.deepEqual(own.received[0]!.body, task.received[1]!.body);
  });

  test('an address that is not public is never called, and given up after three times', async () => {
    await using fixture = await open();
    await using inside = await openReceiver((response) => response.end());
    const { db } = fixture.database;
    const { events, emit } = openEvents(fixture.database, {
      // A name may be public when the call comes and private when it is used.
      outbound: createOutbound({
        allowPrivate: false,
        lookup: (_name, _options, callback) =>
          process.nextTick(callback, null, [{ address: '127.0.0.1', family: 4 }]),
      }),
      config: { callbackBackoffMs: 1 },
    });
    events.start();
    await emit({ n: 1 }, APP, inside.url);
    await emit({ n: 2 }, APP, inside.url.replace('127.0.0.1', 'rebinding.example.com'));
    const waiting = () =>
      tables(db).selectFrom('events').select('id').where('notify_url', 'is not', null).executeTakeFirst();
    while (await waiting()) await sleep(5);
    await events.stop();
    assert.deepEqual(inside.received, []);
  });
});
