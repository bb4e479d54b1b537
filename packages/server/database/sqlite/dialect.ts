import { type Dialect, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import { SqliteDriver } from './driver.ts';

class TwoHandlesAdapter extends SqliteAdapter {
  /** Kysely must not hold back reads while a transaction is open: the driver has a handle for each, and takes turns itself. */
  override get supportsMultipleConnections(): boolean {
    return true;
  }

  /**
   * SQLite can take a change of tables back, so migrations run in one transaction; ours begins `immediate`, which makes
   * it the lock that keeps two processes from migrating at once.
   */
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** Kysely's SQLite language on Node's own SQLite. `file` is a path. */
export function sqliteDialect(file: string): Dialect {
  return {
    createDriver: () => new SqliteDriver(file),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new TwoHandlesAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
}
