import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe } from 'node:test';
import { type Database, openDatabase } from '../database/index.ts';
import { startPostgres } from './postgres.ts';

/** A database of its own for one test; `await using` closes it and removes what it left. */
export interface TestDatabase extends AsyncDisposable {
  database: Database;
  /** What `openDatabase` needs to open the same one again. */
  url: string | undefined;
  dataDir: string;
}

/**
 * Runs a suite on SQLite and on PostgreSQL; names the second as skipped where there is none.
 */
export function describeOnBothDatabases(
  name: string,
  suite: (open: (options?: { migrated: boolean }) => Promise<TestDatabase>) => void,
): void {
  const postgres = startPostgres();
  describe(`${name} (SQLite)`, () => suite((options) => openTestDatabase(undefined, options)));
  describe(`${name} (PostgreSQL)`, { skip: postgres ? false : 'no PostgreSQL on this machine' }, () => {
    after(() => postgres?.stop());
    suite(async (options) => openTestDatabase(await postgres!.createDatabase(), options));
  });
}

async function openTestDatabase(
  url: string | undefined,
  { migrated } = { migrated: true },
): Promise<TestDatabase> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'openvod-test-'));
  const database = await openDatabase(url, dataDir);
  if (migrated) await database.migrate();
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
