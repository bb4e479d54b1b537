import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import pg from 'pg';
import { silentLogger } from '../common/log.ts';
import { startPostgres, startRestartablePostgres } from '../testing/postgres.ts';
import type { Dispatcher } from './dispatcher.ts';
import { localDispatcher } from './dispatcher-local.ts';
import { pgBossDispatcher } from './dispatcher-pgboss.ts';
import type { Lane, Places } from './lanes.ts';

const places = (work: number, transfer = work): Places => ({ work, transfer });
const ticket = (flowId: string, priority = 0, lane: Lane = 'work') => ({ flowId, priority, lane });

/** Work that ends when told to. */
function controlledWork() {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const waiters: { count: number; resolve: () => void }[] = [];
  return {
    begun,
    work(flowId: string): Promise<void> {
      begun.push(flowId);
      for (const { count, resolve } of waiters) if (begun.length >= count) resolve();
      return new Promise((resolve) => ends.set(flowId, resolve));
    },
    end: (flowId: string) => ends.get(flowId)!(),
    begunAtLeast: (count: number) =>
      begun.length >= count
        ? Promise.resolve()
        : new Promise<void>((resolve) => waiters.push({ count, resolve })),
  };
}

/** What every dispatcher must do. `open` makes one whose tickets nobody else sees. */
function conformance(open: () => Promise<Dispatcher>): void {
  test('work begins for each ticket, as many at once as allowed', async () => {
    const dispatcher = await open();
    const { work, begun, begunAtLeast, end } = controlledWork();
    await dispatcher.start(work, places(2));
    await dispatcher.send(['a', 'b', 'c'].map((flowId) => ticket(flowId)));
    await begunAtLeast(2);
    const [first, second] = begun;
    assert.equal(begun.length, 2);
    end(first!);
    await begunAtLeast(3);
    assert.deepEqual([...begun].sort(), ['a', 'b', 'c']);
    end(second!);
    end(begun[2]!);
    await dispatcher.stop();
  });

  test('the ticket of higher priority goes first', async () => {
    const dispatcher = await open();
    const { work, begun, begunAtLeast, end } = controlledWork();
    await dispatcher.start(work, places(1));
    await dispatcher.send([ticket('blocker')]);
    await begunAtLeast(1);
    await dispatcher.send([ticket('low', -10), ticket('middle'), ticket('high', 10)]);
    for (const [n, flowId] of ['blocker', 'high', 'middle', 'low'].entries()) {
      await begunAtLeast(n + 1);
      assert.equal(begun[n], flowId);
      end(flowId);
    }
    await dispatcher.stop();
  });

  test('lanes hold each other up neither way, and each has its own order', async () => {
    for (const [full, free] of [
      ['work', 'transfer'],
      ['transfer', 'work'],
    ] as const) {
      const dispatcher = await open();
      const { work, begun, begunAtLeast, end } = controlledWork();
      await dispatcher.start(work, places(1));
      await dispatcher.send([ticket('blocker', 0, full)]);
      await begunAtLeast(1);
      await dispatcher.send([ticket('waits', 10, full), ticket('low', -10, free)]);
      await begunAtLeast(2);
      assert.deepEqual(begun, ['blocker', 'low']);
      await dispatcher.send([ticket('middle', 0, free), ticket('high', 10, free)]);
      end('low');
      await begunAtLeast(3);
      end('high');
      await begunAtLeast(4);
      assert.deepEqual(begun, ['blocker', 'low', 'high', 'middle']);
      end('blocker');
      await begunAtLeast(5);
      assert.equal(begun[4], 'waits');
      for (const flowId of ['middle', 'waits']) end(flowId);
      await dispatcher.stop();
    }
  });

  test('a lane without places is left to others, and the other one is worked on', async () => {
    const dispatcher = await open();
    const { work, begun, begunAtLeast, end } = controlledWork();
    await dispatcher.start(work, places(0, 1));
    await dispatcher.send([ticket('work', 10), ticket('one', 0, 'transfer'), ticket('two', 0, 'transfer')]);
    await begunAtLeast(1);
    end('one');
    await begunAtLeast(2);
    assert.deepEqual(begun, ['one', 'two']);
    end('two');
    await dispatcher.stop();
  });

  test('a ticket sent again while it waits is one ticket; one sent after it was taken is another', async () => {
    const dispatcher = await open();
    const { work, begun, begunAtLeast, end } = controlledWork();
    await dispatcher.start(work, places(1));
    const again = ticket('a');
    await dispatcher.send([ticket('blocker', 10)]);
    await begunAtLeast(1);
    await dispatcher.send([again]);
    await dispatcher.send([again]);
    end('blocker');
    await begunAtLeast(2);
    await dispatcher.send([again]);
    end('a');
    await begunAtLeast(3);
    end('a');
    await dispatcher.send([ticket('last', -10)]);
    await begunAtLeast(4);
    assert.deepEqual(begun, ['blocker', 'a', 'a', 'last']);
    end('last');
    await dispatcher.stop();
  });

  test('stopping takes no further ticket and waits for the work under way', async () => {
    const dispatcher = await open();
    const { work, begun, begunAtLeast, end } = controlledWork();
    await dispatcher.start(work, places(1));
    await dispatcher.send([ticket('a')]);
    await begunAtLeast(1);
    await dispatcher.send([ticket('b')]);
    let stopped = false;
    const stopping = dispatcher.stop().then(() => {
      stopped = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(stopped, false);
    end('a');
    await stopping;
    assert.deepEqual(begun, ['a']);
  });
}

describe('dispatcher within the process', () => conformance(async () => localDispatcher()));

const postgres = startPostgres();
describe('dispatcher on pg-boss', { skip: postgres ? false : 'no PostgreSQL on this machine' }, () => {
  after(() => postgres?.stop());
  conformance(async () => pgBossDispatcher(await postgres!.createDatabase(), silentLogger, 50));

  test('tickets of a process that only sends reach a worker of another', async () => {
    const url = await postgres!.createDatabase();
    const sender = pgBossDispatcher(url, silentLogger, 50);
    const worker = pgBossDispatcher(url, silentLogger, 50);
    const { work, begun, begunAtLeast, end } = controlledWork();
    await sender.start(work, places(0));
    await worker.start(work, places(1));
    await sender.send([ticket('a')]);
    await begunAtLeast(1);
    assert.deepEqual(begun, ['a']);
    end('a');
    await Promise.all([sender.stop(), worker.stop()]);
  });

  test('what version 0.1 left of its tickets goes', async () => {
    const url = await postgres!.createDatabase();
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query('CREATE SCHEMA openvod_jobs; CREATE TABLE openvod_jobs.job (id int)');
    const dispatchers = [pgBossDispatcher(url, silentLogger, 50), pgBossDispatcher(url, silentLogger, 50)];
    await Promise.all(dispatchers.map((dispatcher) => dispatcher.start(async () => {}, places(0))));
    const { rows } = await client.query(`SELECT nspname FROM pg_namespace WHERE nspname LIKE 'openvod%'`);
    assert.deepEqual(rows, [{ nspname: 'openvod_tickets' }]);
    await Promise.all(dispatchers.map((dispatcher) => dispatcher.stop()));
    await client.end();
  });

  test('each ticket goes to one of several workers', async () => {
    const url = await postgres!.createDatabase();
    const workers = [pgBossDispatcher(url, silentLogger, 50), pgBossDispatcher(url, silentLogger, 50)];
    const begun: string[] = [];
    const flows = Array.from({ length: 20 }, (_, n) => `flow-${n}`);
    const all = Promise.withResolvers<void>();
    for (const worker of workers) {
      await worker.start(async (flowId) => {
        begun.push(flowId);
        if (begun.length === flows.length) all.resolve();
      }, places(2));
    }
    await workers[0]!.send(flows.map((flowId) => ticket(flowId)));
    await all.promise;
    await Promise.all(workers.map((worker) => worker.stop()));
    assert.deepEqual(begun.sort(), flows.sort());
  });
});

const restartable = startRestartablePostgres();
describe('dispatcher on a pg-boss whose PostgreSQL goes', {
  skip: restartable ? false : 'no PostgreSQL on this machine',
}, () => {
  after(() => restartable?.stop());

  test('tickets are refused as the database’s while it is away; workers go on when it is back', {
    timeout: 60_000,
  }, async () => {
    const dispatcher = pgBossDispatcher(await restartable!.createDatabase(), silentLogger, 50);
    const { work, begun, begunAtLeast, end } = controlledWork();
    await dispatcher.start(work, places(1));
    await dispatcher.send([ticket('a')]);
    await begunAtLeast(1);
    await restartable!.halt('immediate');
    await assert.rejects(dispatcher.send([ticket('b')]), {
      name: 'DatabaseUnavailable',
      reason: 'away',
    });
    end('a');
    await restartable!.resume();
    await dispatcher.send([ticket('b')]);
    await begunAtLeast(2);
    assert.deepEqual(begun, ['a', 'b']);
    end('b');
    await dispatcher.stop();
  });
});
