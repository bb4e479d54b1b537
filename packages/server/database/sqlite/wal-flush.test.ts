import assert from 'node:assert/strict';
import { type FileHandle, mkdtemp, open, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { before, type TestContext, test } from 'node:test';
import { anyTables } from '../../testing/any-tables.ts';
import { openDatabase } from '../index.ts';
import { WalFlush } from './wal-flush.ts';

/** What all open files share, so that flushes can be counted and made to fail. */
let files: FileHandle;
before(async () => {
  await using file = await open(import.meta.filename);
  files = Object.getPrototypeOf(file);
});

async function openFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'openvod-wal-'));
  t.after(() => rm(folder, { recursive: true }));
  return folder;
}

async function openMigrated(t: TestContext) {
  const folder = await openFolder(t);
  const database = await openDatabase(undefined, folder);
  t.after(() => database.close());
  await database.migrate();
  let last = 0;
  const part = () => ({ session_id: 's', offset: ++last, size: 1, md5: '' });
  return {
    database,
    folder,
    insert: (db = database.db) => anyTables(db).insertInto('upload_parts').values(part()).execute(),
  };
}

test('a transaction and a statement of its own are answered when the log is flushed', async (t) => {
  const { database, insert } = await openMigrated(t);
  for (const write of [() => database.transaction(insert), () => insert()]) {
    const flush = Promise.withResolvers<void>();
    const datasync = t.mock.method(files, 'datasync', () => flush.promise);
    let answered = false;
    const writing = write().then(() => {
      answered = true;
    });
    while (datasync.mock.callCount() === 0) await new Promise(setImmediate);
    assert.equal(answered, false);
    flush.resolve();
    await writing;
    datasync.mock.restore();
  }
});

test('whoever writes is told when the flush fails, and the next one is flushed again', async (t) => {
  const { database, insert } = await openMigrated(t);
  const datasync = t.mock.method(files, 'datasync', async () => {
    throw new Error('the disk is gone');
  });
  await assert.rejects(database.transaction(insert), /the disk is gone/);
  await assert.rejects(insert(), /the disk is gone/);
  datasync.mock.restore();
  await database.transaction(insert);
});

test('transactions that wait at the same time share a flush', async (t) => {
  const { database, insert } = await openMigrated(t);
  const datasync = t.mock.method(files, 'datasync');
  await Promise.all(Array.from({ length: 50 }, () => database.transaction(insert)));
  assert.ok(datasync.mock.callCount() < 50);
});

test('others write while one waits for its flush', async (t) => {
  const { database, insert } = await openMigrated(t);
  const flush = Promise.withResolvers<void>();
  t.mock.method(files, 'datasync', () => flush.promise);
  const count = () => anyTables(database.db).selectFrom('upload_parts').selectAll().execute();
  const writing = [database.transaction(insert), database.transaction(insert)];
  while ((await count()).length < 2) await new Promise(setImmediate);
  flush.resolve();
  await Promise.all(writing);
});

test('what is written to a log that was taken away is not answered as done', async (t) => {
  const { database, insert, folder } = await openMigrated(t);
  await insert();
  const log = path.join(folder, 'openvod.sqlite-wal');
  await rename(log, `${log}.away`);
  await assert.rejects(database.transaction(insert), /the log of the database is gone/);
  await writeFile(log, '');
  await assert.rejects(insert(), /the log of the database is gone/);
  await rename(`${log}.away`, log);
  await insert();
});

test('a log that is not there cannot be flushed, until it is', async (t) => {
  const file = path.join(await openFolder(t), 'database');
  const log = new WalFlush(file);
  await assert.rejects(log.flush(), { code: 'ENOENT' });
  await writeFile(`${file}-wal`, '');
  await log.flush();
  await log.close();
});
