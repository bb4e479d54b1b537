import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { OutageError } from '../common/faults/outage.ts';
import { silentLogger as log } from '../common/log.ts';
import { describeOnBothDatabases, type TestDatabase } from '../testing/databases.ts';
import { createEngine, createTasks, type FlowRunner, localDispatcher, type TaskFlow } from './index.ts';

const APP = '1250000001';
const LEASE_MS = 300;
const success = [{ index: 0, output: { key: 'k' } }];

/** The tasks of one database, and engines of processes that may lose it for a while. */
function world({ database }: TestDatabase) {
  const tasks = createTasks({ database, clock: Date.now, log });
  const engines: { stop(): Promise<void> }[] = [];
  return {
    tasks,
    /** `reach.isAway`: every call of this process to the database is refused. */
    async engine(run: FlowRunner['run'], reach = { isAway: false }, leaseMs = 60_000) {
      const guarded = <A extends unknown[], T>(call: (...args: A) => Promise<T>) => {
        return async (...args: A) => {
          if (reach.isAway) throw new OutageError('database');
          return call(...args);
        };
      };
      const own = createTasks({ database, clock: Date.now, log });
      const engine = createEngine({
        tasks: {
          ...own,
          claim: guarded(own.claim),
          change: guarded(own.change),
          renew: guarded(own.renew),
          startable: guarded(own.startable),
          heldTokens: guarded(own.heldTokens),
        },
        dispatcher: localDispatcher(),
        runner: { run, discard: async () => {} },
        ...{ clock: Date.now, log, places: { work: 1, transfer: 1 } },
        ...{ sweepMs: 10, retryMs: 1, leaseMs, outageMs: 1 },
      });
      engines.push(engine);
      await engine.start();
      return engine;
    },
    async create() {
      const id = randomUUID();
      const jobs = [{ type: 'transcode', input: {} }];
      const flow = { id, appId: APP, videoId: '1', kind: 'procedure', jobs };
      await database.transaction((trx) => tasks.createFlow(trx, flow, Date.now()));
      return id;
    },
    async finished(id: string): Promise<TaskFlow> {
      for (;;) {
        const flow = await tasks.findFlow(APP, id, Date.now());
        if (flow?.status === 'finished') return flow;
        await sleep(5);
      }
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(engines.map((engine) => engine.stop()));
    },
  };
}

describeOnBothDatabases('outages', (open) => {
  test('an outage is no attempt, however often it is met; a fault of the work is', async () => {
    await using database = await open();
    await using w = world(database);
    let starts = 0;
    await w.engine(async (_flow, control) => {
      if (++starts === 4) throw new Error('a fault of the work');
      if (starts < 7) throw new OutageError('storage');
      await control.ended(success);
    });
    const flow = await w.finished(await w.create());
    assert.deepEqual([flow.failure, flow.run, flow.attempt], [null, 7, 2]);
  });

  test('what waits out an outage goes on where it was', async () => {
    await using database = await open();
    await using w = world(database);
    let tries = 0;
    const engine = await w.engine(async (_flow, control) => {
      const stored = await control.waitOut(async () => {
        if (++tries < 8) throw new OutageError('storage');
        return 'stored';
      });
      await control.ended([{ index: 0, output: { stored } }]);
    });
    const flow = await w.finished(await w.create());
    assert.deepEqual([flow.jobs[0]?.output, flow.run], [{ stored: 'stored' }, 1]);
    assert.deepEqual(engine.outages(), []);
  });

  test('a worker that loses the database for longer than its lease keeps its work, and writes it when it is back', async () => {
    await using database = await open();
    await using w = world(database);
    const reach = { isAway: false };
    const engine = await w.engine(
      async (_flow, control) => {
        await control.started([0]);
        reach.isAway = true;
        setTimeout(() => {
          reach.isAway = false;
        }, LEASE_MS * 3);
        await control.ended(success);
      },
      reach,
      LEASE_MS,
    );
    const flow = await w.finished(await w.create());
    assert.deepEqual([flow.failure, flow.run, flow.attempt], [null, 1, 1]);
    while (engine.outages().length > 0) await sleep(5);
  });

  test('a flow that another worker took over meanwhile is the other one’s', async () => {
    await using database = await open();
    await using w = world(database);
    const reach = { isAway: false };
    const begun = Promise.withResolvers<void>();
    const lost = Promise.withResolvers<unknown>();
    const id = await w.create();
    await w.engine(
      async (_flow, control) => {
        reach.isAway = true;
        begun.resolve();
        await control.ended(success).catch((error) => {
          lost.resolve(error);
          throw error;
        });
      },
      reach,
      LEASE_MS,
    );
    await begun.promise;
    await w.engine((_flow, control) => control.ended([{ index: 0, output: { key: 'second' } }]));
    const flow = await w.finished(id);
    reach.isAway = false;
    assert.equal(((await lost.promise) as Error).name, 'LeaseLostError');
    assert.deepEqual([flow.run, flow.jobs[0]?.output], [2, { key: 'second' }]);
  });

  test('an engine stops also during an outage, and its flow is taken up later', async () => {
    await using database = await open();
    await using w = world(database);
    const reach = { isAway: false };
    const begun = Promise.withResolvers<void>();
    const id = await w.create();
    const engine = await w.engine(
      async (_flow, control) => {
        reach.isAway = true;
        begun.resolve();
        await control.ended(success);
      },
      reach,
      LEASE_MS,
    );
    await begun.promise;
    await engine.stop();
    await w.engine((_flow, control) => control.ended(success));
    assert.equal((await w.finished(id)).failure, null);
  });
});
