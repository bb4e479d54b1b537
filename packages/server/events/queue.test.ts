import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { Refused } from '../common/faults/refused.ts';
import { anyTables } from '../testing/any-tables.ts';
import { describeOnBothDatabases, type TestDatabase } from '../testing/databases.ts';
import { planOf, recording } from '../testing/query-plans.ts';
import type { EventsConfig } from './index.ts';
import { tables } from './tables.ts';
import { APP, openEvents } from './testing/fixture.ts';

function setUp(
  { database }: TestDatabase,
  config: Partial<EventsConfig> = {},
  time = { now: Date.UTC(2026, 0, 1) },
) {
  return { ...openEvents(database, { config, clock: () => time.now }), time };
}

describeOnBothDatabases('event queue', (open) => {
  test('hands out what was emitted, oldest first, 16 at a time', async () => {
    await using fixture = await open();
    const { emit, pull, time } = setUp(fixture);
    for (let n = 0; n < 20; n++) {
      time.now += n % 3;
      await emit({ n });
    }
    const [first, second, third] = [await pull(), await pull(), await pull()];
    assert.deepEqual(
      [...first, ...second].map(({ content }) => content),
      Array.from({ length: 20 }, (_, n) => ({ version: '4.0', eventType: 'Happened', data: { n } })),
    );
    assert.equal(first.length, 16);
    assert.deepEqual(third, []);
  });

  test('a confirmation looks up its events, however many others wait', async (t) => {
    await using fixture = await open();
    const { events, emit, pull } = setUp(fixture);
    await emit({ n: 1 });
    const pulled = await pull();
    const statements = recording(t);
    await events.confirm(
      APP,
      pulled.map(({ handle }) => handle),
    );
    t.mock.restoreAll();
    const [removal] = statements.values();
    const { database } = fixture;
    const plan = await database.transaction(async (trx) => {
      // It would rather read a small table whole.
      if (database.dialect === 'postgres') await sql`set local enable_seqscan = off`.execute(anyTables(trx));
      return planOf(database.dialect, trx, removal!);
    });
    assert.match(plan, /events USING INDEX \S+ \(id=\?\)|Index Scan using events_pkey/);
    assert.doesNotMatch(plan, /by_queue/);
  });

  test('nothing comes of a transaction that was rolled back', async () => {
    await using fixture = await open();
    const { events, pull, time } = setUp(fixture);
    const failing = fixture.database.transaction(async (trx) => {
      await events.emit(trx, APP, { type: 'happened', payload: {} }, time.now);
      throw new Error('no');
    });
    await assert.rejects(failing, /no/);
    assert.deepEqual(await pull(), []);
  });

  test('an event comes again after 30 s, until it is confirmed', async () => {
    await using fixture = await open();
    const { events, emit, pull, time } = setUp(fixture);
    await emit({ n: 1 });
    const [first] = await pull();
    time.now += 29_999;
    assert.deepEqual(await pull(), []);
    time.now += 1;
    const [again] = await pull();
    assert.deepEqual(again!.content, first!.content);
    await events.confirm(APP, [again!.handle]);
    time.now += 3600_000;
    assert.deepEqual(await pull(), []);
  });

  test('confirming is idempotent, and a late confirmation counts', async () => {
    await using fixture = await open();
    const { events, emit, pull, time } = setUp(fixture);
    await emit({ n: 1 });
    const [event] = await pull();
    time.now += 60_000;
    await events.confirm(APP, [event!.handle]);
    await events.confirm(APP, [event!.handle, event!.handle]);
    assert.deepEqual(await pull(), []);
  });

  test('what is no handle is refused, and confirms nothing', async () => {
    await using fixture = await open();
    const { events, emit, pull, time } = setUp(fixture);
    await emit({ n: 1 });
    const [event] = await pull();
    for (const bad of ['', 'MsgHandle1', '1', `${event!.handle}0`, "' or 1=1"]) {
      await assert.rejects(
        events.confirm(APP, [event!.handle, bad]),
        (error) =>
          error instanceof Refused && error.kind === 'parameter.refused' && /number 2/.test(error.message),
      );
    }
    time.now += 30_000;
    assert.equal((await pull()).length, 1);
  });

  test('accounts neither see nor confirm each other’s events', async () => {
    await using fixture = await open();
    const { events, emit, pull, time } = setUp(fixture);
    await emit({ n: 1 });
    assert.deepEqual(await pull('1250000002'), []);
    const [event] = await pull();
    await events.confirm('1250000002', [event!.handle]);
    time.now += 30_000;
    assert.equal((await pull()).length, 1);
  });

  test('a waiting pull returns once an event is committed', async () => {
    await using fixture = await open();
    const { emit, pull } = setUp(fixture, { longPollMs: 60_000 });
    const waiting = [pull(), pull()];
    await emit({ n: 1 });
    const [event] = await Promise.race(waiting);
    assert.equal(event!.content.data.n, 1);
    await emit({ n: 2 });
    const pulled = (await Promise.all(waiting)).flat();
    assert.deepEqual(pulled.map(({ content }) => content.data.n).sort(), [1, 2]);
  });

  test('a waiting pull hears of events of another node', async () => {
    await using fixture = await open();
    const here = setUp(fixture, { longPollMs: 60_000 });
    const there = setUp(fixture);
    const waiting = here.pull();
    await there.emit({ n: 1 });
    assert.equal((await waiting).length, 1);
  });

  test('a waiting pull ends empty after its time, when its client leaves, and when the service stops', async () => {
    await using fixture = await open();
    assert.deepEqual(await setUp(fixture, { longPollMs: 20 }).pull(), []);
    const { events, pull } = setUp(fixture, { longPollMs: 60_000 });
    const leaving = new AbortController();
    const left = events.pull(APP, { signal: leaving.signal });
    const stopped = pull();
    leaving.abort();
    assert.deepEqual(await left, []);
    await events.stop();
    assert.deepEqual(await stopped, []);
  });

  test('events that nobody fetched are forgotten after 4 days', async () => {
    await using fixture = await open();
    const { events, emit, time } = setUp(fixture);
    await emit({ n: 'old' });
    time.now += 4 * 24 * 3600_000;
    await emit({ n: 'new' });
    time.now += 1;
    events.start();
    await events.stop();
    const left = await tables(fixture.database.db).selectFrom('events').select('payload').execute();
    assert.deepEqual(
      left.map(({ payload }) => JSON.parse(payload).n),
      ['new'],
    );
  });

  test('no two pullers hold the same event at the same time', async () => {
    await using fixture = await open();
    const time = { now: Date.UTC(2026, 0, 1) };
    const nodes = [1, 2, 3].map(() => setUp(fixture, {}, time));
    const counts = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 2, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(counts, fc.integer({ min: 1, max: 60 }), async (confirmed, emitted) => {
        const name = `${Math.random()}`;
        for (let n = 0; n < emitted; n++) await nodes[n % 3]!.emit({ name, n });
        const seen = new Set<number>();
        // Each round: everybody pulls at once, some confirm some of what they got, then all the rest comes again.
        for (const keep of [...confirmed, 16]) {
          for (;;) {
            const pulled = await Promise.all(nodes.map(({ pull }) => pull()));
            const handles = pulled.flat().map(({ handle }) => handle);
            assert.equal(new Set(handles).size, handles.length);
            if (handles.length === 0) break;
            for (const batch of pulled) {
              const done = batch.slice(0, keep);
              for (const { content } of done) {
                assert.equal(content.data.name, name);
                seen.add(content.data.n as number);
              }
              if (done.length > 0) {
                await nodes[0]!.events.confirm(
                  APP,
                  done.map(({ handle }) => handle),
                );
              }
            }
          }
          time.now += 30_000;
        }
        assert.equal(seen.size, emitted);
      }),
      { numRuns: 15 },
    );
  });
});
