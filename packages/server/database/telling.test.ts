import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { anyTables } from '../testing/any-tables.ts';
import { type DatabaseUnavailable, openDatabase } from './index.ts';

async function openSqlite(t: TestContext) {
  const folder = await mkdtemp(path.join(tmpdir(), 'openvod-telling-'));
  const told: DatabaseUnavailable[] = [];
  const said: string[] = [];
  const log = {
    warn: () => said.push('warn'),
    info: () => said.push('info'),
  } as never;
  const database = await openDatabase(undefined, folder, { log, onFault: (fault) => told.push(fault) });
  t.after(async () => {
    await database.close();
    await rm(folder, { recursive: true });
  });
  await sql`create table note (id integer primary key, text text)`.execute(anyTables(database.db));
  const insert = (db = database.db) =>
    sql`insert into note (text) values (${'x'.repeat(5000)})`.execute(anyTables(db));
  return { database, folder, told, said, insert };
}

test('SQLite without room says so, once in the log, and works on when there is some', async (t) => {
  const { database, told, said, insert } = await openSqlite(t);
  const limit = (pages: number) =>
    sql`pragma max_page_count = ${sql.lit(pages)}`.execute(anyTables(database.db));
  await limit(4);
  const refused = { name: 'DatabaseUnavailable', reason: 'full', unsure: false, errcode: 13 };
  await assert.rejects(async () => {
    for (;;) await insert();
  }, refused);
  await assert.rejects(database.transaction(insert), refused);
  assert.equal(told.length, 2);
  assert.deepEqual(said, ['warn']);
  await limit(1000);
  await database.transaction(insert);
  assert.deepEqual(said, ['warn', 'info']);
});

test('SQLite that another process keeps for itself is busy, and nothing was done', {
  timeout: 30_000,
}, async (t) => {
  const { database, folder, insert } = await openSqlite(t);
  const other = new DatabaseSync(path.join(folder, 'openvod.sqlite'));
  other.exec('begin immediate');
  const refused = { name: 'DatabaseUnavailable', reason: 'busy', unsure: false };
  await assert.rejects(database.transaction(insert), refused);
  other.exec('rollback');
  other.close();
  await database.transaction(insert);
});

test('what is wrong with a query stays what it is', async (t) => {
  const { database, told } = await openSqlite(t);
  await assert.rejects(sql`select nothing`.execute(anyTables(database.db)), { code: 'ERR_SQLITE_ERROR' });
  assert.equal(told.length, 0);
});
