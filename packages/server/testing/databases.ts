import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe } from 'node:test';
import { type Database, openDatabase } from '../database/index.ts';
import { startPostgres } from './postgres.ts';

/** A database of its own for one test, migrated; `await using` closes it and removes what it left. */
export interface TestDatabase extends AsyncDisposable {
  database: Database;
  /** What `openDatabase` needs to open the same one again. */
  url: string | undefined;
  dataDir: string;
}

/**
 * Runs a suite on SQLite and on PostgreSQL; names the second as skipped where there is none.
 * Await it at the top of a test file, because suites must be told of before the file ends.
 */
export async function describeOnBothDatabases(
  name: string,
  suite: (open: () => Promise<TestDatabase>) => void,
): Promise<void> {
  describe(`${name} (SQLite)`, () => suite(() => openTestDatabase(undefined)));
  const postgres = await startPostgres();
  describe(`${name} (PostgreSQL)`, { skip: postgres ? false : 'no PostgreSQL on this machine' }, () => {
    after(() => postgres?.stop());
    suite(async () => openTestDatabase(await postgres!.createDatabase()));
  });
}

async function openTestDatabase(url: string | undefined): Promise<TestDatabase> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'openvod-test-'));
  const database = await openDatabase(url, dataDir);
  await database.migrate();
  return {
    database,
    url,
    dataDir,
    async [Symbol.asyncDispose]() {
      await database.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
