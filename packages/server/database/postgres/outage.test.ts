import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { anyTables } from '../../testing/any-tables.ts';
import { startRestartablePostgres } from '../../testing/postgres.ts';
import { type Database, DatabaseUnavailable, openDatabase } from '../index.ts';
import type { PoolOptions } from './pool.ts';

const postgres = startRestartablePostgres();

describe('PostgreSQL that goes away', { skip: postgres ? false : 'no PostgreSQL on this machine' }, () => {
  let url: string;
  let admin: Database;
  before(async () => {
    url = await postgres!.createDatabase();
    admin = await openDatabase(url, '');
    await sql`create table counter (n integer)`.execute(anyTables(admin.db));
    await sql`insert into counter values (0)`.execute(anyTables(admin.db));
  });
  after(async () => {
    await admin.close();
    await postgres!.stop();
  });

  const read = (one: Database) => anyTables(one.db).selectFrom('counter').selectAll().execute();
  const count = async () =>
    Number((await sql<{ n: number }>`select n from counter`.execute(anyTables(admin.db))).rows[0]!.n);
  /** Ends all connections but the one that asks. */
  const terminateAll = () =>
    sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`.execute(anyTables(admin.db));

  async function opened(
    pool: Partial<PoolOptions>,
    work: (database: Database, log: string[]) => Promise<void>,
  ) {
    const said: string[] = [];
    const note = (level: string) => (_about: unknown, message?: string) => {
      said.push(`${level}: ${message}`);
    };
    const log = { warn: note('warn'), info: note('info') } as never;
    const database = await openDatabase(url, '', { pool, log });
    try {
      await work(database, said);
    } finally {
      await database.close();
    }
  }

  test('connections that are ended under load end no process, and every call is answered or refused', async () => {
    await opened({}, async (database) => {
      let running = true;
      let done = 0;
      const refused: unknown[] = [];
      const add = () =>
        database.transaction(async (trx) => {
          await sql`update counter set n = n + 1`.execute(anyTables(trx));
          await sql`select pg_sleep(0.002)`.execute(anyTables(trx));
        });
      const before = await count();
      const workers = Array.from({ length: 20 }, async () => {
        while (running) {
          await add().then(
            () => done++,
            (error) => refused.push(error),
          );
        }
      });
      for (let round = 0; round < 5; round++) {
        await sleep(50);
        await terminateAll();
      }
      const doneThen = done;
      while (done < doneThen + 20) await sleep(5);
      running = false;
      await Promise.all(workers);
      assert.ok(refused.length > 0, 'some were broken off');
      for (const error of refused) assert.ok(error instanceof DatabaseUnavailable, String(error));
      const unsure = refused.filter((error) => (error as DatabaseUnavailable).unsure).length;
      const changed = (await count()) - before;
      assert.ok(
        changed >= done && changed <= done + unsure,
        `${done} acknowledged, ${unsure} unsure, ${changed} done`,
      );
    });
  });

  test('a read whose connection is gone is asked again on another one', async () => {
    await opened({ max: 1 }, async (database) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(
        anyTables(database.db),
      );
      const slow = anyTables(database.db)
        .selectFrom('counter')
        .select([sql`pg_sleep(0.3)`.as('slept'), sql`pg_backend_pid()`.as('pid')])
        .execute();
      await sleep(100);
      await sql`select pg_terminate_backend(${rows[0]!.pid})`.execute(anyTables(admin.db));
      assert.notEqual((await slow)[0]!.pid, rows[0]!.pid);
    });
  });

  test('a write whose connection is gone is not repeated, and says that nobody knows', async () => {
    await opened({ max: 1 }, async (database) => {
      const before = await count();
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(
        anyTables(database.db),
      );
      const slow = anyTables(database.db)
        .updateTable('counter')
        .set({ n: sql`n + 1 + length(pg_sleep(0.3)::text)` })
        .execute();
      await Promise.all([
        assert.rejects(slow, (error: unknown) => error instanceof DatabaseUnavailable && error.unsure),
        sleep(100).then(() => sql`select pg_terminate_backend(${rows[0]!.pid})`.execute(anyTables(admin.db))),
      ]);
      assert.equal(await count(), before);
    });
  });

  test('calls wait while the server restarts, and one warning and one relief are in the log', async () => {
    await opened({}, async (database, said) => {
      await read(database);
      await postgres!.halt('immediate');
      const waiting = Array.from({ length: 50 }, () => read(database));
      const writing = database.transaction((trx) =>
        sql`update counter set n = n + 1`.execute(anyTables(trx)),
      );
      await sleep(300);
      await postgres!.resume();
      await Promise.all([...waiting, writing]);
      assert.ok(said.length <= 2, said.join());
    });
  });

  test('one that stays away is told of, once, after the wait, and is found when it is back', async () => {
    await opened({ waitMs: 200 }, async (database, said) => {
      await read(database);
      await postgres!.halt('fast');
      const write = () => sql`update counter set n = n + 1`.execute(anyTables(database.db));
      const calls = [
        ...Array.from({ length: 50 }, () => read(database)),
        write(),
        database.transaction(write),
      ];
      const answers = await Promise.allSettled<unknown>(calls);
      for (const answer of answers) {
        assert.ok(answer.status === 'rejected' && answer.reason instanceof DatabaseUnavailable);
        assert.deepEqual([answer.reason.reason, answer.reason.unsure], ['away', false]);
      }
      await postgres!.resume();
      while (!(await read(database).catch(() => null))) await sleep(20);
      assert.deepEqual(
        said.map((one) => one.split(':', 1)[0]),
        ['warn', 'info'],
      );
    });
  });

  test('who waits for a connection is refused after a time, and at once when too many wait', async () => {
    await opened({ max: 1, waitMs: 300, maxWaiting: 1 }, async (database) => {
      const held = Promise.withResolvers<void>();
      const holding = database.transaction(async (trx) => {
        await sql`select 1`.execute(anyTables(trx));
        await held.promise;
      });
      while (database.connections()?.open !== 1 || database.connections()?.waiting !== 0) await sleep(5);
      const answers = await Promise.allSettled([read(database), read(database)]);
      held.resolve();
      await holding;
      const reasons = answers.map((one) => one.status === 'rejected' && one.reason);
      for (const error of reasons) assert.equal(error instanceof DatabaseUnavailable && error.reason, 'busy');
      assert.match(String(reasons[1]), /too many wait/);
      await read(database);
    });
  });

  test('what is only read does not wait behind transactions, however many there are', async () => {
    await opened({ max: 3, maxTransactions: 2, waitMs: 300 }, async (database) => {
      const end = Promise.withResolvers<void>();
      const begun: Promise<unknown>[] = [];
      const transactions = Array.from({ length: 5 }, () =>
        database.transaction(async (trx) => {
          await sql`select 1`.execute(anyTables(trx));
          // A read beside the transaction, which needs a connection of its own.
          begun.push(read(database));
          await end.promise;
        }),
      );
      while (begun.length < 2) await sleep(5);
      await Promise.all([...begun, read(database), read(database)]);
      const answers = Promise.allSettled(transactions);
      while ((database.connections()?.waiting ?? 0) > 0) await sleep(5);
      end.resolve();
      const reasons = (await answers).flatMap((one) =>
        one.status === 'rejected' ? [one.reason.reason] : [],
      );
      assert.deepEqual(reasons, ['busy', 'busy', 'busy']);
      await database.transaction((trx) => sql`select 1`.execute(anyTables(trx)));
    });
  });

  test('a query that is never answered is given up with its connection', async () => {
    await opened({ queryMs: 200, max: 1 }, async (database) => {
      const slow = sql`select pg_sleep(5)`.execute(anyTables(database.db));
      await assert.rejects(
        slow,
        (error: unknown) => error instanceof DatabaseUnavailable && error.reason === 'away',
      );
      await read(database);
    });
  });
});
