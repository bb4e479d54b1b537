import path from 'node:path';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import pg from 'pg';
import { makePrivateFile, makePrivateFolder } from '../common/private-files.ts';
import { type Dialect, dialectOf, type Executor } from './executor.ts';
import { migrations } from './migrations/index.ts';
import { sqliteDialect } from './sqlite/dialect.ts';
import { keepReserve } from './sqlite/reserve.ts';

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
  close(): Promise<void>;
}

/**
 * Opens PostgreSQL when `url` is `postgres://…`, else the SQLite file `openvod.sqlite` in `dataDir`.
 * Throws when the URL is of another kind.
 */
export async function openDatabase(url: string | undefined, dataDir: string): Promise<Database> {
  if (url !== undefined && !/^postgres(ql)?:\/\//.test(url)) {
    throw new Error('OPENVOD_DATABASE_URL must begin with postgres:// (leave it out for SQLite)');
  }
  return url === undefined ? openSqlite(dataDir) : openPostgres(url);
}

async function openSqlite(dataDir: string): Promise<Database> {
  await makePrivateFolder(dataDir);
  const file = path.join(dataDir, 'openvod.sqlite');
  // SQLite gives its other files the same mode.
  makePrivateFile(file);
  return database(new Kysely({ dialect: sqliteDialect(file) }), { file });
}

async function openPostgres(url: string): Promise<Database> {
  const types = {
    getTypeParser: (oid: number, format?: 'text' | 'binary') =>
      // int8 and numeric: all ours are within a JavaScript number's exact range.
      oid === pg.types.builtins.INT8 || oid === pg.types.builtins.NUMERIC
        ? Number
        : pg.types.getTypeParser(oid, format as 'text'),
  };
  const pool = new pg.Pool({ connectionString: url, max: 10, types: types as pg.CustomTypesConfig });
  // A connection that breaks while idle is replaced at the next query; without a listener it would end the process.
  pool.on('error', () => {});
  return database(new Kysely({ dialect: new PostgresDialect({ pool }) }), { url });
}

function database(
  kysely: Kysely<unknown>,
  { url, file = null }: { url?: string; file?: string | null },
): Database {
  const executor = (one: Kysely<unknown>) => one as unknown as Executor;
  return {
    db: executor(kysely),
    dialect: dialectOf(kysely),
    url,
    transaction: (work) => kysely.transaction().execute((trx) => work(executor(trx))),
    migrate: async () => {
      const migrator = new Migrator({ db: kysely, provider: { getMigrations: async () => migrations } });
      const { error } = await migrator.migrateToLatest();
      if (error) throw error;
    },
    check: async () => {
      await sql`select 1`.execute(kysely);
    },
    file,
    keepReserve: async () => {
      if (file !== null) await keepReserve(kysely);
    },
    close: () => kysely.destroy(),
  };
}
