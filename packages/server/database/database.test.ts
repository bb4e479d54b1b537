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

  test('a database of a state between releases gets what it lacks, whatever it has of later', async () => {
    await using opened = await open({ migrated: false });
    const { db } = opened.database;
    const some = Object.fromEntries(Object.entries(migrations).filter(([name]) => !/^01[356]/.test(name)));
    const migrator = new Migrator({ db: anyTables(db), provider: { getMigrations: async () => some } });
    assert.equal((await migrator.migrateToLatest()).error, undefined);
    await opened.database.migrate();
    assert.deepEqual(
      (await rowsOf(db, 'kysely_migration')).map((row) => (row as { name: string }).name).sort(),
      Object.keys(migrations).sort(),
    );
  });

  test('keys of before belong to the main application, and what files take is added up once', async () => {
    await using opened = await open({ migrated: false });
    const { db } = opened.database;
    const older = Object.fromEntries(Object.entries(migrations).filter(([name]) => name < '012'));
    const migrator = new Migrator({ db: anyTables(db), provider: { getMigrations: async () => older } });
    assert.equal((await migrator.migrateToLatest()).error, undefined);
    const insert = (table: string, ...rows: Record<string, unknown>[]) =>
      anyTables(db).insertInto(table).values(rows).execute();
    const about = { secret_id: 'AKID1', secret_key: 'k', disabled: 0, created_at: 1, slot: 0 };
    await insert('applications', { app_id: '1', account_id: '1', name: 'main', created_at: 1 });
    await insert('api_keys', { ...about, account_id: '1' });
    const output = {
      ...{ kind: 'transcode', number: 0, name: 'f0.mp4', run: '', container: 'mp4', md5: '' },
      ...{ bitrate: 1, video_bitrate: 1, width: 1, height: 1, duration_ms: 1, size: 1 },
    };
    const large = 2 ** 50;
    await insert(
      'outputs',
      { ...output, app_id: '1', video_id: '7', definition: 10, total_size: large },
      { ...output, app_id: '1', video_id: '7', definition: 20, total_size: 5 },
      { ...output, app_id: '2', video_id: '8', definition: 10, total_size: 3 },
    );
    await opened.database.migrate();
    assert.deepEqual(await rowsOf(db, 'api_keys'), [{ ...about, app_id: '1', last_used_at: null }]);
    const stored = await sql<{
      app_id: string;
      bytes: number;
    }>`select * from stored_bytes order by app_id`.execute(anyTables(db));
    assert.deepEqual(
      stored.rows.map(({ app_id, bytes }) => [app_id, bytes]),
      [
        ['1', large + 5],
        ['2', 3],
      ],
    );
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
