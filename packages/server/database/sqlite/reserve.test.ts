import assert from 'node:assert/strict';
import { copyFile, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { anyTables } from '../../testing/any-tables.ts';
import { type Database, openDatabase } from '../index.ts';

const MIB = 1024 ** 2;

async function openFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'openvod-reserve-'));
  t.after(() => rm(folder, { recursive: true }));
  return folder;
}

async function open(t: TestContext, folder: string): Promise<Database> {
  const database = await openDatabase(undefined, folder);
  t.after(() => database.close());
  await database.migrate();
  return database;
}

const numberOf = async ({ db }: Database, pragma: string) => {
  const { rows } = await sql<Record<string, number>>`pragma ${sql.raw(pragma)}`.execute(anyTables(db));
  return rows[0]![pragma]!;
};

/** No page more, as on a full disk. */
async function setFull(database: Database): Promise<void> {
  const pages = await numberOf(database, 'page_count');
  await sql`pragma max_page_count = ${sql.lit(pages)}`.execute(anyTables(database.db));
}

/** Writes rows of 1 KiB until there is no room; resolves to how many there was room for, no more than 1000. */
async function rowsUntilFull({ db }: Database): Promise<number> {
  for (let i = 0; i < 1000; i++) {
    const part = { session_id: 's', offset: i, size: 1, md5: 'x'.repeat(1024) };
    try {
      await anyTables(db).insertInto('upload_parts').values(part).execute();
    } catch (error) {
      assert.match(String(error), /full/);
      return i;
    }
  }
  return 1000;
}

test('a database with its reserve goes on when it may not grow, one without does not', async (t) => {
  const without = await open(t, await openFolder(t));
  await setFull(without);
  assert.ok((await rowsUntilFull(without)) < 100);

  const folder = await openFolder(t);
  const database = await open(t, folder);
  await database.keepReserve();
  assert.ok((await stat(path.join(folder, 'openvod.sqlite-wal'))).size > 4 * MIB, 'the log need not grow');
  assert.ok(
    (await stat(path.join(folder, 'openvod.sqlite'))).blocks * 512 > 8 * MIB,
    'nor is the file hollow',
  );
  await setFull(database);
  assert.equal(await rowsUntilFull(database), 1000);
});

test('a reserve that is there is kept, one that was used up is made again', async (t) => {
  const database = await open(t, await openFolder(t));
  await database.keepReserve();
  const pages = await numberOf(database, 'page_count');
  await rowsUntilFull(database);
  await database.keepReserve();
  assert.equal(await numberOf(database, 'page_count'), pages);
  for (let i = 0; i < 5; i++) {
    const part = { session_id: 't', offset: i, size: 1, md5: 'x'.repeat(MIB) };
    await anyTables(database.db).insertInto('upload_parts').values(part).execute();
  }
  await database.keepReserve();
  assert.ok((await numberOf(database, 'freelist_count')) * 4096 >= 8 * MIB);
});

test('what a killed process was making of it is no obstacle', async (t) => {
  const database = await open(t, await openFolder(t));
  await sql`create table disk_reserve (bytes blob)`.execute(anyTables(database.db));
  await database.keepReserve();
  await assert.rejects(sql`select * from disk_reserve`.execute(anyTables(database.db)), /no such table/);
});

test('the log stays when the database is closed, for a disk that is full by then; the file alone is whole', async (t) => {
  const folder = await openFolder(t);
  const database = await openDatabase(undefined, folder);
  await database.migrate();
  await database.keepReserve();
  await rowsUntilFull(database);
  await database.close();
  assert.ok((await stat(path.join(folder, 'openvod.sqlite-wal'))).size > 4 * MIB);

  const elsewhere = await openFolder(t);
  await copyFile(path.join(folder, 'openvod.sqlite'), path.join(elsewhere, 'openvod.sqlite'));
  const copy = await open(t, elsewhere);
  const { rows } = await sql<{ n: number }>`select count(*) as n from upload_parts`.execute(
    anyTables(copy.db),
  );
  assert.equal(rows[0]!.n, 1000);
});
