import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { describeOnBothDatabases } from '../testing/databases.ts';
import { createOutbox } from './outbox.ts';
import { openEvents } from './testing/fixture.ts';

const HOUR = 3600_000;

describeOnBothDatabases('events when the clock goes back by hours', (open) => {
  /** Pulls until something comes. */
  async function untilPulled(pull: () => Promise<{ content: unknown }[]>) {
    for (;;) {
      const events = await pull();
      if (events.length > 0) return events;
      await sleep(20);
    }
  }

  test('what happened before is handed out within seconds', { timeout: 60_000 }, async () => {
    await using fixture = await open();
    let ahead = 0;
    const { events, emit, pull } = openEvents(fixture.database, { clock: () => Date.now() + ahead });
    events.start();
    await emit({ n: 1 });
    ahead = -5 * HOUR;
    assert.equal((await untilPulled(pull)).length, 1);
    await events.stop();
  });

  test('so is what was pulled and not confirmed while the clock was ahead', { timeout: 60_000 }, async () => {
    await using fixture = await open();
    let ahead = 5 * HOUR;
    const { events, emit, pull } = openEvents(fixture.database, { clock: () => Date.now() + ahead });
    events.start();
    await emit({ n: 1 });
    assert.equal((await pull()).length, 1);
    ahead = 0;
    assert.equal((await untilPulled(pull)).length, 1);
    await events.stop();
  });

  test('a node that starts finds what one with a clock ahead has left', { timeout: 60_000 }, async () => {
    await using fixture = await open();
    await openEvents(fixture.database, { clock: () => Date.now() + 5 * HOUR }).emit({ n: 1 });
    const { events, pull } = openEvents(fixture.database);
    events.start();
    assert.equal((await untilPulled(pull)).length, 1);
    await events.stop();
  });

  test('what a node hid whose clock is a little ahead stays hidden when another starts', async () => {
    await using fixture = await open();
    const ahead = openEvents(fixture.database, { clock: () => Date.now() + 2000 });
    await ahead.emit({ n: 1 });
    assert.equal((await ahead.pull()).length, 1);
    const { events } = openEvents(fixture.database);
    events.start();
    await events.stop();
    assert.equal((await openEvents(fixture.database).pull()).length, 0);
  });

  test('what is hidden for as long as it may be stays hidden, and what was set aside stays so', async () => {
    await using fixture = await open();
    const time = { now: Date.UTC(2026, 0, 1) };
    const { emit, pull } = openEvents(fixture.database, { clock: () => time.now });
    await emit({ n: 1 });
    await emit({ fails: true });
    assert.equal((await pull()).length, 1);
    const outbox = createOutbox(fixture.database);
    assert.equal(await outbox.bringBack(time.now, 30_000), 0);
    assert.equal(await outbox.bringBack(time.now - 1, 30_000), 1);
    assert.equal((await pull()).length, 1);
  });
});
