import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { anyTables } from '../testing/any-tables.ts';
import { describeOnBothDatabases } from '../testing/databases.ts';
import { type Executor, openDatabase } from './index.ts';
import { migrations } from './migrations/index.ts';

/** Plain objects: SQLite's rows have no prototype, which deepEqual minds. */
async function rowsOf(db: Executor, table: string): Promise<object[]> {
  const { rows } = await sql<object>`select * from ${sql.table(table)}`.execute(anyTables(db));
  return rows.map((row) => ({ ...row }));
}

describeOnBothDatabases('database', (open) => {
  test('several servers that start at once on an empty database migrate it once', async () => {
    await using opened = await open({ migrated: false });
    const others = await Promise.all([1, 2, 3].map(() => openDatabase(opened.url, opened.dataDir)));
    await Promise.all([opened.database, ...others].map((each) => each.migrate()));
    const { rows } = await sql<{ n: number }>`select count(*) as n from kysely_migration`.execute(
      anyTables(opened.database.db),
    );
    assert.equal(Number(rows[0]?.n), Object.keys(migrations).length);
    await Promise.all(others.map((other) => other.close()));
  });

  test('an older database gets the newer tables and keeps its data', async () => {
    await using opened = await open({ migrated: false });
    const { db } = opened.database;
    const older = Object.fromEntries(Object.entries(migrations).slice(0, 2));
    const migrator = new Migrator({ db: anyTables(db), provider: { getMigrations: async () => older } });
    assert.equal((await migrator.migrateToLatest()).error, undefined);
    const application = { app_id: '1250000001', account_id: '1250000001', name: 'main', created_at: 1 };
    await anyTables(db).insertInto('applications').values(application).execute();
    await opened.database.migrate();
    assert.deepEqual(await rowsOf(db, 'applications'), [{ ...application, switched_off: 0 }]);
    assert.deepEqual(await rowsOf(db, 'task_flows'), []);
  });

  test('an open transaction is invisible to reads until it commits', async () => {
    await using opened = await open();
    const { db } = opened.database;
    await sql`create table note (id integer primary key)`.execute(anyTables(db));
    const count = async () => (await anyTables(db).selectFrom('note').selectAll().execute()).length;
    await opened.database.transaction(async (trx) => {
      await sql`insert into note values (1)`.execute(anyTables(trx));
      assert.equal(await count(), 0);
    });
    assert.equal(await count(), 1);
  });

  test('a transaction that throws leaves nothing, and the next one works', async () => {
    await using opened = await open();
    const { db } = opened.database;
    await sql`create table note (id integer primary key)`.execute(anyTables(db));
    const failing = opened.database.transaction(async (trx) => {
      await sql`insert into note values (1)`.execute(anyTables(trx));
      throw new Error('changed my mind');
    });
    await assert.rejects(failing, /changed my mind/);
    await sql`insert into note values (2)`.execute(anyTables(db));
    assert.deepEqual(await rowsOf(db, 'note'), [{ id: 2 }]);
  });

  test('many writers at once all get their turn', async () => {
    await using opened = await open();
    const { db } = opened.database;
    await sql`create table counter (n integer)`.execute(anyTables(db));
    await sql`insert into counter values (0)`.execute(anyTables(db));
    const add = () =>
      opened.database.transaction(async (trx) => {
        await sql`update counter set n = n + 1`.execute(anyTables(trx));
      });
    await Promise.all(Array.from({ length: 50 }, add));
    assert.deepEqual(await rowsOf(db, 'counter'), [{ n: 50 }]);
  });

  test('numbers beyond 32 bits come back as numbers', async () => {
    await using opened = await open();
    const { db } = opened.database;
    const now = 1_795_369_757_123;
    await sql`create table moment (at bigint)`.execute(anyTables(db));
    await sql`insert into moment values (${now})`.execute(anyTables(db));
    assert.deepEqual(await rowsOf(db, 'moment'), [{ at: now }]);
  });
});

test('an address of another kind of database is refused', async () => {
  await assert.rejects(openDatabase('mysql://localhost/openvod', '/nowhere'), /must begin with postgres/);
});
