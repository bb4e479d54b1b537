import path from 'node:path';
import { Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { Logger } from '../common/log.ts';
import { makePrivateFile, makePrivateFolder } from '../common/private-files.ts';
import { type Dialect, dialectOf, type Executor } from './executor.ts';
import { DatabaseHealth } from './health.ts';
import { migrations } from './migrations/index.ts';
import { postgresDialect } from './postgres/dialect.ts';
import { postgresFault } from './postgres/faults.ts';
import { ConnectionPool, POOL_DEFAULTS, type PoolOptions } from './postgres/pool.ts';
import { sqliteDialect } from './sqlite/dialect.ts';
import { sqliteFault } from './sqlite/faults.ts';
import { keepReserve } from './sqlite/reserve.ts';
import { tellingDialect } from './telling.ts';
import type { DatabaseUnavailable } from './unavailable.ts';

/**
 * Where time or the operator has to help (away, busy, a full or failing disk), whatever is asked rejects with
 * DatabaseUnavailable.
 */
export interface Database {
  db: Executor;
  dialect: Dialect;
  /** The connection string, for libraries that bring their own pool (PostgreSQL only). */
  url: string | undefined;
  /** Runs `work` in a transaction: commits what it did, or takes it back when it throws, and rethrows that. */
  transaction<T>(work: (trx: Executor) => Promise<T>): Promise<T>;
  /** Brings the tables up to date, under a lock; does nothing when they are. Throws what the failing step threw. */
  migrate(): Promise<void>;
  /** Rejects when the database cannot answer. */
  check(): Promise<void>;
  /** The file that it is, to be watched; null where it is none of this machine's (PostgreSQL). */
  file: string | null;
  /** For now and then, while there is room: keeps some for the time when there is none (`sqlite/reserve.ts`). */
  keepReserve(): Promise<void>;
  /** Connections that are open, those of them not in use, and how many wait for one; null for SQLite. */
  connections(): { open: number; idle: number; waiting: number } | null;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** Hears when the database goes away and when it is back; nobody does when left out. */
  log?: Logger;
  /** Told of everything that was asked in vain. */
  onFault?: (fault: DatabaseUnavailable) => void;
  /** PostgreSQL: other bounds than POOL_DEFAULTS. */
  pool?: Partial<PoolOptions>;
}

/**
 * Opens PostgreSQL when `url` is `postgres://…`, else the SQLite file `openvod.sqlite` in `dataDir`.
 * Throws when the URL is of another kind.
 */
export async function openDatabase(
  url: string | undefined,
  dataDir: string,
  { log, onFault, pool = {} }: DatabaseOptions = {},
): Promise<Database> {
  if (url !== undefined && !/^postgres(ql)?:\/\//.test(url)) {
    throw new Error('OPENVOD_DATABASE_URL must begin with postgres:// (leave it out for SQLite)');
  }
  const health = new DatabaseHealth(log, onFault);
  return url === undefined ? openSqlite(dataDir, health) : openPostgres(url, health, pool);
}

async function openSqlite(dataDir: string, health: DatabaseHealth): Promise<Database> {
  await makePrivateFolder(dataDir);
  const file = path.join(dataDir, 'openvod.sqlite');
  // SQLite gives its other files the same mode.
  makePrivateFile(file);
  const kysely = new Kysely<unknown>({ dialect: tellingDialect(sqliteDialect(file), sqliteFault, health) });
  return database(kysely, {
    url: undefined,
    file,
    migrate: () => migrate(kysely),
    keepReserve: () => keepReserve(kysely),
  });
}

function openPostgres(url: string, health: DatabaseHealth, options: Partial<PoolOptions>): Database {
  const open = (pool: ConnectionPool) =>
    new Kysely<unknown>({ dialect: tellingDialect(postgresDialect(pool), postgresFault, health) });
  const pool = new ConnectionPool(url, { ...POOL_DEFAULTS, ...options });
  return database(open(pool), {
    url,
    connections: () => pool.counts,
    // On connections of its own: what brings tables up to date may take longer than any query.
    migrate: async () => {
      const patient = open(new ConnectionPool(url, { ...POOL_DEFAULTS, max: 2, queryMs: 0 }));
      await migrate(patient).finally(() => patient.destroy());
    },
  });
}

async function migrate(db: Kysely<unknown>): Promise<void> {
  const migrator = new Migrator({
    ...{ db, provider: { getMigrations: async () => migrations } },
    // Those of several branches become one line between releases; a database that had some of them gets the others.
    allowUnorderedMigrations: true,
  });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}

/** What is the same for both; the rest is said by each, or left out where it has nothing to do. */
function database(
  kysely: Kysely<unknown>,
  special: Pick<Database, 'url' | 'migrate'> &
    Partial<Pick<Database, 'connections' | 'file' | 'keepReserve'>>,
): Database {
  const executor = (one: Kysely<unknown>) => one as unknown as Executor;
  return {
    connections: () => null,
    file: null,
    keepReserve: async () => {},
    ...special,
    db: executor(kysely),
    dialect: dialectOf(kysely),
    transaction: (work) => kysely.transaction().execute((trx) => work(executor(trx))),
    check: async () => {
      await sql`select 1`.execute(kysely);
    },
    close: () => kysely.destroy(),
  };
}
