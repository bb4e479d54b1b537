import type { Clock } from '../../common/clocks/clock.ts';
import type { Logger } from '../../common/log.ts';
import type { Database } from '../../database/index.ts';
import { PostgresNonceStore } from './postgres.ts';
import { SqliteNonceStore } from './sqlite.ts';
import type { NonceStore } from './store.ts';

export interface NonceStoreDeps {
  database: Database;
  /** Where the SQLite store has its file. */
  dataDir: string;
  /** How long a signature may not come twice, in seconds before and after its Timestamp. */
  replayWindowSeconds: number;
  /** Memory for signatures, where they are in memory: with SQLite. MiB. */
  replayMemoryMiB: number;
  /** What decides that a signature may be forgotten. */
  clock: Clock;
  log: Logger;
}

/** The store that fits the database: PostgreSQL is shared by API nodes, SQLite has one process. */
export function openNonceStore({
  database,
  dataDir,
  replayWindowSeconds,
  replayMemoryMiB,
  clock,
  log,
}: NonceStoreDeps): NonceStore {
  const windowMs = replayWindowSeconds * 1000;
  return database.dialect === 'postgres'
    ? new PostgresNonceStore(database.db, windowMs, clock, log)
    : new SqliteNonceStore(dataDir, { windowMs, memoryBytes: replayMemoryMiB * 1024 ** 2 }, clock, log);
}
