import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiError } from '@openvod/contract';
import fc from 'fast-check';
import { silentLogger } from '../common/log.ts';
import { describeOnBothDatabases, type TestDatabase } from '../testing/databases.ts';
import { createEvents, type EventsConfig, type EventsService } from './index.ts';

const APP = '1250000001';
const never = { signal: new AbortController().signal };

function setUp(
  { database }: TestDatabase,
  config: Partial<EventsConfig> = {},
  time = { now: Date.UTC(2026, 0, 1) },
) {
  const events = createEvents({
    database,
    clock: () => time.now,
    log: silentLogger,
    config: { mode: 'pull', longPollMs: 0, ...config },
  });
  const emit = (data: Record<string, unknown>, appId = APP) =>
    database.db.transaction().execute((trx) => events.emit(trx, appId, 'NewFileUpload', data, time.now));
  return { events, emit, time };
}

const pull = (events: EventsService, appId = APP) => events.pull(appId, never);

describeOnBothDatabases('event queue', (open) => {
  test('hands out what was emitted, oldest first, 16 at a time', async () => {
    await using fixture = await open();
    const { events, emit, time } = setUp(fixture);
    for (let n = 0; n < 20; n++) {
      time.now += n % 3;
      await emit({ n });
    }
    const [first, second, third] = [await pull(events), await pull(events), await pull(events)];
    assert.deepEqual(
      [...first, ...second].map(({ content }) => content),
      Array.from({ length: 20 }, (_, n) => ({ version: '4.0', eventType: 'NewFileUpload', data: { n } })),
    );
    assert.equal(first.length, 16);
    assert.deepEqual(third, []);
  });

  test('nothing comes of a transaction that was rolled back', async () => {
    await using fixture = await open();
    const { events, time } = setUp(fixture);
    const failing = fixture.database.db.transaction().execute(async (trx) => {
      await events.emit(trx, APP, 'NewFileUpload', {}, time.now);
      throw new Error('no');
    });
    await assert.rejects(failing, /no/);
    assert.deepEqual(await pull(events), []);
  });

  test('an event comes again after 30 s, until it is confirmed', async () => {
    await using fixture = await open();
    const { events, emit, time } = setUp(fixture);
    await emit({ n: 1 });
    const [first] = await pull(events);
    time.now += 29_999;
    assert.deepEqual(await pull(events), []);
    time.now += 1;
    const [again] = await pull(events);
    assert.deepEqual(again!.content, first!.content);
    await events.confirm(APP, [again!.handle]);
    time.now += 3600_000;
    assert.deepEqual(await pull(events), []);
  });

  test('confirming is idempotent, and a late confirmation counts', async () => {
    await using fixture = await open();
    const { events, emit, time } = setUp(fixture);
    await emit({ n: 1 });
    const [event] = await pull(events);
    time.now += 60_000;
    await events.confirm(APP, [event!.handle]);
    await events.confirm(APP, [event!.handle, event!.handle]);
    assert.deepEqual(await pull(events), []);
  });

  test('what is no handle is refused, and confirms nothing', async () => {
    await using fixture = await open();
    const { events, emit, time } = setUp(fixture);
    await emit({ n: 1 });
    const [event] = await pull(events);
    for (const bad of ['', 'MsgHandle1', '1', `${event!.handle}0`, "' or 1=1"]) {
      await assert.rejects(
        events.confirm(APP, [event!.handle, bad]),
        (error) => error instanceof ApiError && error.code === 1000 && /msgHandle\.2/.test(error.message),
      );
    }
    time.now += 30_000;
    assert.equal((await pull(events)).length, 1);
  });

  test('accounts neither see nor confirm each other’s events', async () => {
    await using fixture = await open();
    const { events, emit, time } = setUp(fixture);
    await emit({ n: 1 });
    assert.deepEqual(await pull(events, '1250000002'), []);
    const [event] = await pull(events);
    await events.confirm('1250000002', [event!.handle]);
    time.now += 30_000;
    assert.equal((await pull(events)).length, 1);
  });

  test('a waiting pull returns once an event is committed', async () => {
    await using fixture = await open();
    const { events, emit } = setUp(fixture, { longPollMs: 60_000 });
    const waiting = [pull(events), pull(events)];
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
    const waiting = pull(here.events);
    await there.emit({ n: 1 });
    assert.equal((await waiting).length, 1);
  });

  test('a waiting pull ends empty after its time, when its client leaves, and when the service stops', async () => {
    await using fixture = await open();
    assert.deepEqual(await pull(setUp(fixture, { longPollMs: 20 }).events), []);
    const { events } = setUp(fixture, { longPollMs: 60_000 });
    const leaving = new AbortController();
    const left = events.pull(APP, { signal: leaving.signal });
    const stopped = pull(events);
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
    const left = await fixture.database.db.selectFrom('events').select('content').execute();
    assert.deepEqual(
      left.map(({ content }) => JSON.parse(content).data.n),
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
            const pulled = await Promise.all(nodes.map(({ events }) => pull(events)));
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
