import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { silentLogger } from '../common/log.ts';
import { describeOnBothDatabases, type TestDatabase } from '../testing/databases.ts';
import { createEngine, type EngineOptions } from './engine.ts';
import { LeaseLostError } from './flows.ts';
import { createTasks, type Dispatcher, localDispatcher, pgBossDispatcher } from './index.ts';
import { tables } from './tables.ts';
import type { FlowControl, FlowRunner, NewFlow, TaskFlow } from './types.ts';

const APP = '1250000001';
const flowOf = (videoId: string, more: Partial<NewFlow> = {}): NewFlow => ({
  id: randomUUID(),
  appId: APP,
  videoId,
  kind: 'procedure',
  jobs: [{ type: 'transcode', input: { definition: 20 } }],
  ...more,
});
const success = [{ index: 0, output: { key: 'k' } }];

/** Tasks on one database with a clock that can be moved, engines that stop with it, and a note of every change told. */
function world(database: TestDatabase) {
  let ahead = 0;
  const clock = () => Date.now() + ahead;
  const tasks = createTasks({ database: database.database, clock, log: silentLogger });
  const { db } = database.database;
  const told: { id: string; from: string | undefined; to: string }[] = [];
  tasks.onChange(async (_trx, before, after) => {
    told.push({ id: after.id, from: before?.status, to: after.status });
  });
  const engines: { stop(): Promise<void> }[] = [];
  return {
    db,
    database: database.database,
    tasks,
    told,
    clock,
    forward(ms: number) {
      ahead += ms;
    },
    async create(flow: NewFlow) {
      await database.database.transaction((trx) => tasks.createFlow(trx, flow, clock()));
      return flow.id;
    },
    find: (id: string) => tasks.findFlow(APP, id, clock()),
    /** An engine of another process is one with `tasks` of its own. */
    async engine(
      run: FlowRunner['run'],
      options: Partial<EngineOptions> & {
        tasks?: ReturnType<typeof createTasks>;
        dispatcher?: Dispatcher;
        log?: typeof silentLogger;
      } = {},
    ) {
      const engine = createEngine({
        tasks,
        dispatcher: localDispatcher(),
        runner: { run, discard: async () => {} },
        clock,
        log: silentLogger,
        places: { work: 1, transfer: 1 },
        sweepMs: 20,
        retryMs: 1,
        ...options,
      });
      engines.push(engine);
      await engine.start();
      return engine;
    },
    async finished(id: string): Promise<TaskFlow> {
      for (;;) {
        const flow = await this.find(id);
        if (flow?.status === 'finished') return flow;
        await sleep(5);
      }
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(engines.map((engine) => engine.stop()));
    },
  };
}

/** Work that hangs until its signal ends it. */
const hang = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    const end = () => reject(signal.reason);
    if (signal.aborted) end();
    signal.addEventListener('abort', end);
  });

describeOnBothDatabases('engine', (open) => {
  test('a flow is started once its transaction has committed, and finishes with its result', async () => {
    await using database = await open();
    await using w = world(database);
    const seen: TaskFlow[] = [];
    await w.engine(async (flow, control) => {
      seen.push(flow);
      await control.started([0]);
      await control.ended(success);
    });
    const committed = Promise.withResolvers<void>();
    const creating = w.database.transaction(async (trx) => {
      const flow = flowOf('1', { options: { masterPlaylist: true } });
      await w.tasks.createFlow(trx, flow, w.clock());
      await committed.promise;
      return flow.id;
    });
    await sleep(60);
    assert.equal(seen.length, 0);
    committed.resolve();
    const flow = await w.finished(await creating);
    assert.deepEqual(seen[0]!.options, { masterPlaylist: true });
    assert.deepEqual([flow.failure, flow.attempt, flow.jobs[0]!.status], [null, 1, 'succeeded']);
    assert.deepEqual(flow.jobs[0]!.output, { key: 'k' });
    assert.deepEqual(
      w.told.map(({ to }) => to),
      ['waiting', 'processing', 'processing', 'finished'],
    );
  });

  test('jobs end one by one, and what has ended is not done again by the worker that goes on', async () => {
    await using database = await open();
    await using w = world(database);
    const jobs = [1, 2].map((definition) => ({ type: 'transcode', input: { definition } }));
    const open_: number[][] = [];
    await w.engine(async (flow, control) => {
      const left = flow.jobs.filter(({ status }) => status === 'waiting').map(({ index }) => index);
      open_.push(left);
      await control.started(left);
      if (flow.attempt === 1) {
        await control.ended([{ index: 0, output: { key: 'first' } }]);
        throw new Error('the disk is full');
      }
      await control.ended([{ index: 1, output: { key: 'second' } }]);
    });
    const flow = await w.finished(await w.create(flowOf('1', { jobs })));
    assert.deepEqual(open_, [[0, 1], [1]]);
    assert.deepEqual(
      flow.jobs.map(({ output }) => output),
      [{ key: 'first' }, { key: 'second' }],
    );
    for (const { startedAt, endedAt } of flow.jobs) assert.ok(startedAt! <= endedAt!);
    assert.equal(flow.failure, null);
  });

  test('a flow may begin without a video and be about the one that it makes', async () => {
    await using database = await open();
    await using w = world(database);
    const { videoId, ...without } = flowOf('');
    const id = await w.create({ ...without, sources: ['a', 'b'] });
    const sees = async (video: string) =>
      (
        await w.tasks.listFlows(
          { appId: APP, statuses: ['finished'], newestFirst: true, videoId: video, limit: 9 },
          w.clock(),
        )
      ).length;
    assert.deepEqual([(await w.find(id))?.videoId, await w.tasks.activeFlows(w.db, APP, 'b')], [null, 1]);
    await w.engine((_flow, control) => control.ended(success, { videoId: 'made' }));
    assert.equal((await w.finished(id)).videoId, 'made');
    assert.deepEqual([await sees('a'), await sees('b'), await sees('made'), await sees('c')], [1, 1, 1, 0]);
  });

  test('flows that were waiting when the engine starts are done, the urgent ones first', async () => {
    await using database = await open();
    await using w = world(database);
    for (const priority of [0, -5, 10, 0]) {
      await w.create(flowOf(`video of ${priority}`, { priority }));
      w.forward(1);
    }
    const order: number[] = [];
    const all = Promise.withResolvers<void>();
    await w.engine(async (flow, control) => {
      order.push(flow.priority);
      await control.ended(success);
      if (order.length === 4) all.resolve();
    });
    await all.promise;
    assert.deepEqual(order, [10, 0, 0, -5]);
  });

  test('an urgent flow overtakes those that wait for a worker, on one machine and on several', async () => {
    await using database = await open();
    await using w = world(database);
    const started: number[] = [];
    const news: (() => void)[] = [];
    const blocked = Promise.withResolvers<void>();
    const run: FlowRunner['run'] = async (flow, control) => {
      started.push(flow.priority);
      for (const tell of news) tell();
      if (flow.options.blocks === true) await blocked.promise;
      await control.ended(success);
    };
    const startedOnce = (count: number) =>
      new Promise<void>((resolve) => {
        const look = () => started.length >= count && resolve();
        news.push(look);
        look();
      });
    const { url } = database.database;
    const machines = url ? 2 : 1;
    const dispatcher = () => (url ? pgBossDispatcher(url, silentLogger, 20) : localDispatcher());
    for (let n = 0; n < machines; n++) await w.engine(run, { dispatcher: dispatcher() });
    for (let n = 0; n < machines; n++) await w.create(flowOf('blocker', { options: { blocks: true } }));
    await startedOnce(machines);
    for (const priority of [-10, 0, 10, -10, 0, 10]) {
      await w.create(flowOf('any', { priority }));
      w.forward(1);
    }
    // Tickets of all of them are out before a worker is free.
    await sleep(url ? 1000 : 100);
    blocked.resolve();
    await startedOnce(machines + 6);
    const order = started.slice(machines);
    // Two machines may each be a step ahead of what the other has begun.
    const sorted = order.toSorted((a, b) => b - a);
    assert.deepEqual(order.slice(0, 2), sorted.slice(0, 2));
    assert.deepEqual(order.slice(-2), sorted.slice(-2));
  });

  test('however many flows wait for a processor, those that wait for a network begin, and the other way round', async () => {
    for (const [full, free] of [
      ['work', 'transfer'],
      ['transfer', 'work'],
    ] as const) {
      await using database = await open();
      await using w = world(database);
      const url = database.database.url;
      const dispatcher = url ? pgBossDispatcher(url, silentLogger, 20) : localDispatcher();
      const begun = Promise.withResolvers<void>();
      await w.engine(
        async (flow, control) => {
          if (flow.lane === free) return control.ended(success);
          begun.resolve();
          await hang(control.signal);
        },
        { dispatcher },
      );
      // More than are handed out at a time, and more urgent.
      for (let n = 0; n < 120; n++) await w.create(flowOf(`${n}`, { lane: full, priority: 10 }));
      await begun.promise;
      const other = await w.create(flowOf('other', { lane: free, priority: -10 }));
      assert.equal((await w.finished(other)).failure, null);
    }
  });

  test('a passing fault is tried again; the last attempt fails with the words of the tool for the operator only', async () => {
    await using database = await open();
    await using w = world(database);
    let starts = 0;
    await w.engine(async (flow, control) => {
      starts++;
      if (flow.videoId === 'recovers' && starts === 2) return control.ended(success);
      throw Object.assign(new Error('network is down'), { log: 'last words' });
    });
    const recovered = await w.finished(await w.create(flowOf('recovers')));
    assert.deepEqual([recovered.attempt, recovered.failure], [2, null]);
    starts = 0;
    const failed = await w.finished(await w.create(flowOf('never')));
    assert.deepEqual([starts, failed.attempt, failed.log], [3, 3, 'last words']);
    assert.deepEqual(failed.failure, { kind: 'system', message: 'system failure' });
    assert.equal(failed.jobs[0]!.status, 'failed');
  });

  test('a failed task is a warning with code, reason and the last words of the tool; a deleted video is not', async () => {
    await using database = await open();
    await using w = world(database);
    const warnings: Record<string, unknown>[] = [];
    const log = { ...silentLogger, warn: (about: object) => void warnings.push({ ...about }) };
    await w.engine(
      async (flow, control) => {
        if (flow.videoId === 'unknown') throw Object.assign(new Error('what?'), { log: 'tool: what?' });
        const kind = flow.videoId === 'damaged' ? 'probe/damaged' : 'cancelled';
        const failure = { kind, message: 'it is damaged' };
        await control.ended([{ index: 0, failure }], { log: 'moov atom not found' });
      },
      { maxFaults: 1, log: log as unknown as typeof silentLogger },
    );
    for (const video of ['damaged', 'deleted', 'unknown']) await w.finished(await w.create(flowOf(video)));
    const said = () => warnings.map(({ video, code, reason, log }) => ({ video, code, reason, log }));
    while (said().length < 2) await sleep(5);
    assert.deepEqual(said(), [
      { video: 'damaged', code: 'probe/damaged', reason: 'it is damaged', log: 'moov atom not found' },
      { video: 'unknown', code: 'system', reason: 'what?', log: 'tool: what?' },
    ]);
    assert.deepEqual(warnings[0]?.job, { index: 0, type: 'transcode' });
  });

  test('a runner that forgets a job is a fault, not an endless loop', async () => {
    await using database = await open();
    await using w = world(database);
    await w.engine(async () => {});
    assert.equal((await w.finished(await w.create(flowOf('1')))).failure?.kind, 'system');
  });

  test('a lost lease is fenced: the flow finishes once, and the late result writes nothing', async () => {
    await using database = await open();
    await using w = world(database);
    const late = Promise.withResolvers<FlowControl>();
    const resume = Promise.withResolvers<void>();
    const lateEnd = Promise.withResolvers<unknown>();
    await w.engine(
      async (_flow, control) => {
        late.resolve(control);
        await resume.promise;
        await control.ended(success).catch((error) => {
          lateEnd.resolve(error);
          throw error;
        });
      },
      // Notices nothing until it wants to write: neither the sweep nor the pulse comes in between.
      { sweepMs: 60_000, leaseMs: 300_000 },
    );
    const id = await w.create(flowOf('1'));
    await late.promise;
    w.forward(300_001);
    const other = createTasks({ database: database.database, clock: w.clock, log: silentLogger });
    let finishes = 0;
    other.onChange(async (_trx, _before, after) => {
      if (after.status === 'finished') finishes++;
    });
    await w.engine((_flow, control) => control.ended([{ index: 0, output: { key: 'second' } }]), {
      tasks: other,
    });
    const flow = await w.finished(id);
    resume.resolve();
    assert.ok((await lateEnd.promise) instanceof LeaseLostError);
    assert.deepEqual([flow.attempt, flow.run, finishes], [2, 2, 1]);
    assert.deepEqual((await w.find(id))!.jobs[0]!.output, { key: 'second' });
    assert.equal(w.told.filter(({ to }) => to === 'finished').length, 0);
  });

  test('what `within` wrote is undone when the lease is lost', async () => {
    await using database = await open();
    await using w = world(database);
    const id = await w.create(flowOf('1'));
    const now = w.clock();
    const held = await w.tasks.claim(id, { token: 'a/1', until: now + 1000 }, now);
    assert.ok(held);
    assert.equal(await w.tasks.claim(id, { token: 'b/1', until: now + 1000 }, now), null);
    assert.ok(await w.tasks.claim(id, { token: 'b/1', until: now + 9000 }, now + 1001));
    const extra = w.tasks.change(
      id,
      'a/1',
      (flow) => ({ ...flow, status: 'waiting', lease: null }),
      now,
      async (trx) => {
        await w.tasks.createFlow(trx, flowOf('from within'), now);
      },
    );
    await assert.rejects(extra, LeaseLostError);
    assert.equal(await w.tasks.activeFlows(w.db, APP, 'from within'), 0);
    assert.equal(await w.tasks.renew(held, { token: 'a/1', until: now + 9000 }), false);
  });

  test('of many claims at the same time one wins', async () => {
    await using database = await open();
    await using w = world(database);
    const id = await w.create(flowOf('1'));
    const now = w.clock();
    const claims = Array.from({ length: 8 }, (_, n) =>
      w.tasks.claim(id, { token: `w${n}/1`, until: now + 1000 }, now),
    );
    const won = (await Promise.all(claims)).filter((flow) => flow !== null);
    assert.equal(won.length, 1);
  });

  test('several workers share the flows of one table, and each flow finishes once', async () => {
    await using database = await open();
    await using w = world(database);
    const finished: string[] = [];
    const all = Promise.withResolvers<void>();
    for (let n = 0; n < 3; n++) {
      const tasks = createTasks({ database: database.database, clock: w.clock, log: silentLogger });
      tasks.onChange(async (_trx, _before, after) => {
        if (after.status === 'finished') finished.push(after.id);
        if (finished.length === 12) all.resolve();
      });
      await w.engine((_flow, control) => control.ended(success), { tasks, places: { work: 2, transfer: 0 } });
    }
    const ids: string[] = [];
    for (let n = 0; n < 12; n++) ids.push(await w.create(flowOf(String(n))));
    await all.promise;
    const flows = await Promise.all(ids.map((id) => w.finished(id)));
    assert.deepEqual(finished.sort(), ids.sort());
    assert.ok(flows.every(({ run, failure }) => run === 1 && failure === null));
  });

  test('the lease is kept while the work goes on, and progress is seen', async () => {
    await using database = await open();
    await using w = world(database);
    const end = Promise.withResolvers<void>();
    await w.engine(
      async (_flow, control) => {
        await control.started([0]);
        control.progress(0, 0.25);
        await end.promise;
        await control.ended(success);
      },
      { leaseMs: 60 },
    );
    const id = await w.create(flowOf('1'));
    for (;;) {
      const flow = await w.find(id);
      if (flow?.jobs[0]?.progress === 0.25) break;
      await sleep(5);
    }
    const row = tables(w.db).selectFrom('task_flows').select('lease_until').where('id', '=', id);
    const until = async () => (await row.executeTakeFirstOrThrow()).lease_until;
    const first = await until();
    while ((await until()) === first) await sleep(5);
    end.resolve();
    assert.deepEqual((await w.finished(id)).attempt, 1);
  });

  test('deleting a video ends its flows: waiting ones at once, running ones are aborted and write nothing', async () => {
    await using database = await open();
    await using w = world(database);
    const begun = Promise.withResolvers<void>();
    const aborted = Promise.withResolvers<unknown>();
    const runs: string[] = [];
    await w.engine(async (flow, control) => {
      runs.push(String(flow.videoId));
      if (flow.videoId !== 'deleted') return control.ended(success);
      begun.resolve();
      await hang(control.signal).catch((error) => {
        aborted.resolve(error);
        throw error;
      });
    });
    const running = await w.create(flowOf('deleted'));
    await begun.promise;
    const waiting = await w.create(flowOf('deleted'));
    assert.equal(await w.tasks.activeFlows(w.db, APP, 'deleted'), 2);
    await w.database.transaction((trx) => w.tasks.cancelFlows(trx, APP, 'deleted', w.clock()));
    assert.ok((await aborted.promise) instanceof LeaseLostError);
    for (const id of [running, waiting]) {
      const flow = await w.find(id);
      assert.deepEqual([flow?.status, flow?.failure?.kind], ['finished', 'cancelled']);
      assert.match(flow!.failure!.message, /deleted/);
      assert.deepEqual(w.told.filter((change) => change.id === id).at(-1), {
        id,
        from: id === running ? 'processing' : 'waiting',
        to: 'finished',
      });
    }
    await w.finished(await w.create(flowOf('another')));
    assert.deepEqual(runs, ['deleted', 'another']);
  });

  test('a worker elsewhere stops when its flow is cancelled', async () => {
    await using database = await open();
    await using w = world(database);
    const begun = Promise.withResolvers<void>();
    const aborted = Promise.withResolvers<unknown>();
    await w.engine(
      async (_flow, control) => {
        begun.resolve();
        await hang(control.signal).catch((error) => {
          aborted.resolve(error);
          throw error;
        });
      },
      { tasks: createTasks({ database: database.database, clock: w.clock, log: silentLogger }) },
    );
    await w.create(flowOf('1'));
    await begun.promise;
    await w.database.transaction((trx) => w.tasks.cancelFlows(trx, APP, '1', w.clock()));
    assert.ok((await aborted.promise) instanceof LeaseLostError);
  });

  test('an engine that stops gives its work back at once, which costs no attempt', async () => {
    await using database = await open();
    await using w = world(database);
    const begun = Promise.withResolvers<void>();
    const first = await w.engine(async (_flow, control) => {
      begun.resolve();
      await hang(control.signal);
    });
    const id = await w.create(flowOf('1'));
    await begun.promise;
    await first.stop();
    assert.equal((await w.find(id))?.status, 'waiting');
    await w.engine((_flow, control) => control.ended(success));
    assert.deepEqual([(await w.finished(id)).attempt, (await w.find(id))?.run], [1, 2]);
  });

  test('a flow whose worker dies every time is given up', async () => {
    await using database = await open();
    await using w = world(database);
    const id = await w.create(flowOf('1'));
    for (let attempt = 1; attempt <= 3; attempt++) {
      const now = w.clock();
      assert.ok(await w.tasks.claim(id, { token: `dead/${attempt}`, until: now + 10 }, now));
      w.forward(11);
    }
    let started = false;
    await w.engine(
      async () => {
        started = true;
      },
      { maxAttempts: 3 },
    );
    assert.equal((await w.finished(id)).failure?.kind, 'system');
    assert.equal(started, false);
  });

  test('an ended flow can be redone under its id; unknown, unfinished, foreign and old ones cannot', async () => {
    await using database = await open();
    await using w = world(database);
    const id = await w.create(flowOf('1'));
    assert.equal(await w.tasks.redo(APP, id, w.clock()), false);
    let run = 0;
    await w.engine((_flow, control) => control.ended([{ index: 0, output: { run: ++run } }]));
    await w.finished(id);
    assert.equal(await w.tasks.redo('1250000002', id, w.clock()), false);
    assert.equal(await w.tasks.redo(APP, `${APP}-Procedure-0`, w.clock()), false);
    assert.equal(await w.tasks.redo(APP, id, w.clock()), true);
    assert.deepEqual((await w.finished(id)).jobs[0]!.output, { run: 2 });
    w.forward(72 * 3600_000 + 1);
    assert.equal(await w.tasks.redo(APP, id, w.clock()), false);
  });

  test('lists go on after a cursor, newest first, and end with the retention', async () => {
    await using database = await open();
    await using w = world(database);
    const ids: string[] = [];
    for (let n = 0; n < 5; n++) {
      ids.unshift(await w.create(flowOf(String(n % 2))));
      if (n % 2 === 0) w.forward(5);
    }
    const seen: TaskFlow[] = [];
    for (;;) {
      const after = seen.at(-1);
      const filter = {
        ...{ appId: APP, statuses: ['waiting'] as const, newestFirst: true, limit: 2 },
        ...(after && { after }),
      };
      const page = await w.tasks.listFlows(filter, w.clock());
      if (page.length === 0) break;
      seen.push(...page);
    }
    assert.deepEqual(seen.map(({ id }) => id).sort(), [...ids].sort());
    assert.deepEqual(
      seen.map(({ createdAt }) => createdAt),
      seen.map(({ createdAt }) => createdAt).sort((a, b) => b - a),
    );
    const list = (status: 'waiting' | 'finished') =>
      w.tasks.listFlows(
        { appId: APP, statuses: [status], newestFirst: true, videoId: '1', limit: 10 },
        w.clock(),
      );
    assert.equal((await list('waiting')).length, 2);
    await w.database.transaction((trx) => w.tasks.cancelFlows(trx, APP, '1', w.clock()));
    assert.deepEqual([(await list('waiting')).length, (await list('finished')).length], [0, 2]);
    w.forward(72 * 3600_000 + 1);
    assert.equal((await list('finished')).length, 0);
    await w.tasks.prune(w.clock());
    const rows = await tables(w.db).selectFrom('task_flows').select('id').execute();
    assert.equal(rows.length, 3);
  });
});
