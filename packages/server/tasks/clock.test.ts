import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { silentLogger } from '../common/log.ts';
import { describeOnBothDatabases, type TestDatabase } from '../testing/databases.ts';
import { createEngine } from './engine.ts';
import { createTasks, localDispatcher } from './index.ts';
import { isTooLong, LongLeases } from './long-leases.ts';
import { isDue, LONGEST_LEASE_MS, LONGEST_WAIT_MS } from './state.ts';
import { tables } from './tables.ts';
import type { FlowRunner } from './types.ts';

const APP = '1250000001';
const HOUR = 3600_000;
const LEASE_MS = 900;

/** Tasks whose clock can be set. */
function world({ database }: TestDatabase) {
  const time = { ahead: 0 };
  const clock = () => Date.now() + time.ahead;
  const tasks = createTasks({ database, clock, log: silentLogger });
  return {
    tasks,
    time,
    clock,
    async create() {
      const jobs = [{ type: 'transcode', input: {} }];
      const flow = { id: randomUUID(), appId: APP, videoId: '1', kind: 'procedure', jobs } as const;
      await database.transaction((trx) => tasks.createFlow(trx, { ...flow, jobs }, clock()));
      return flow.id;
    },
    async leaseOf(id: string) {
      const row = await tables(database.db)
        .selectFrom('task_flows')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirst();
      return row!;
    },
    async engine(run: FlowRunner['run']) {
      const runner = { run, discard: async () => {} };
      const deps = { tasks, dispatcher: localDispatcher(), runner, clock, log: silentLogger };
      const places = { work: 1, transfer: 1 };
      const engine = createEngine({ ...deps, places, sweepMs: 20, leaseMs: LEASE_MS });
      await engine.start();
      return { [Symbol.asyncDispose]: () => engine.stop() };
    },
  };
}

describeOnBothDatabases('tasks when the clock goes back by hours', (open) => {
  test('a flow that waits is started at once', { timeout: 60_000 }, async () => {
    await using database = await open();
    const w = world(database);
    const begun = Promise.withResolvers<string>();
    const id = await w.create();
    w.time.ahead = -5 * HOUR;
    await using _ = await w.engine(async (flow, control) => {
      begun.resolve(flow.id);
      await control.ended([{ index: 0, output: {} }]);
    });
    assert.equal(await begun.promise, id);
  });

  test('the lease of a worker that is gone may be taken over', async () => {
    await using database = await open();
    const w = world(database);
    const id = await w.create();
    const lease = () => ({ token: `elsewhere_1_2_${randomUUID()}`, until: w.clock() + LEASE_MS });
    await w.tasks.claim(id, lease(), w.clock());
    assert.equal(await w.tasks.claim(id, lease(), w.clock()), null);
    w.time.ahead = -5 * HOUR;
    assert.equal((await w.tasks.claim(id, lease(), w.clock()))?.attempt, 2);
  });

  test('a worker that lives makes its lease right and works on', { timeout: 60_000 }, async () => {
    await using database = await open();
    const w = world(database);
    const id = await w.create();
    let attempts = 0;
    await using _ = await w.engine(async (_flow, { signal }) => {
      attempts++;
      await new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    });
    while ((await w.leaseOf(id)).status !== 'processing') await sleep(10);
    w.time.ahead = -5 * HOUR;
    while ((await w.leaseOf(id)).lease_until! > w.clock() + LEASE_MS) await sleep(10);
    assert.equal(attempts, 1);
  });
});

test('a flow is due when its time has come, and when no wait could end so late', () => {
  const cases: [runAfter: number, due: boolean][] = [
    [999, true],
    [1000, true],
    [1001, false],
    [1000 + LONGEST_WAIT_MS, false],
    [1001 + LONGEST_WAIT_MS, true],
    [1000 + 5 * HOUR, true],
  ];
  for (const [runAfter, due] of cases) assert.equal(isDue(runAfter, 1000), due, String(runAfter));
});

test('a lease that is too long is nobody’s only if it stays so for some seconds of real time', () => {
  let time = 0;
  const leases = new LongLeases(() => time);
  const long = { token: 'a', until: 1001 + LONGEST_LEASE_MS };
  const right = { token: 'b', until: 1000 + LONGEST_LEASE_MS };
  assert.deepEqual([isTooLong(long, 1000), isTooLong(right, 1000)], [true, false]);
  assert.deepEqual(leases.nobodys([long, right], 1000), []);
  time += 6000;
  assert.deepEqual(leases.nobodys([long, right], 1000), [long]);
  const renewed = { ...long, until: long.until + 1 };
  assert.deepEqual(leases.nobodys([renewed], 1000), [], 'somebody lives');
  time += 6000;
  assert.deepEqual(leases.nobodys([], 1000), []);
  assert.deepEqual(leases.nobodys([renewed], 1000), [], 'seen anew');
});
