import { setTimeout } from 'node:timers/promises';
import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from 'kysely';
import { Mutex } from '../../common/mutex.ts';
import { SqliteHandle } from './connections.ts';
import { WalFlush } from './wal-flush.ts';

const SQLITE_BUSY = 5;
const WAIT_MS = 10_000;
const LOOK_AGAIN_MS = 5;

/**
 * Kysely on `node:sqlite`, with two handles on one file: a writer that transactions take in turn, and a reader for
 * selects outside of transactions, which WAL lets run at any time and which therefore never waits.
 * What was written is durable when its transaction, or its statement, is answered; others may see it a flush earlier.
 * A call into SQLite is synchronous, so a single statement needs no lock of its own on the reader.
 */
export class SqliteDriver implements Driver {
  readonly #file: string;
  /** bounded by: connections, and the service's own work */
  readonly #writing = new Mutex();
  #writer!: SqliteHandle;
  #reader!: SqliteHandle;
  readonly #log: WalFlush;

  constructor(file: string) {
    this.#file = file;
    this.#log = new WalFlush(file);
  }

  async init(): Promise<void> {
    this.#writer = new SqliteHandle(this.#file, { readOnly: false });
    this.#writer.endLog();
    this.#reader = new SqliteHandle(this.#file, { readOnly: true });
    // From now on it is one of those who use the log.
    this.#reader.exec('select 1 from sqlite_schema limit 1');
  }

  async acquireConnection(): Promise<SqliteConnection> {
    return new SqliteConnection(this.#writer, this.#reader, this.#writing, this.#log);
  }

  async beginTransaction(connection: SqliteConnection): Promise<void> {
    await connection.begin();
  }

  async commitTransaction(connection: SqliteConnection): Promise<void> {
    if (connection.end('commit')) await this.#log.flush();
  }

  async rollbackTransaction(connection: SqliteConnection): Promise<void> {
    connection.end('rollback');
  }

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {
    const letGo = await this.#writing.acquire();
    // The reader last: a log whose last user can write is deleted, and on a full disk there might be no room for the next.
    this.#writer?.endLog();
    this.#writer?.close();
    this.#reader?.close();
    await this.#log.close();
    letGo();
  }
}

class SqliteConnection implements DatabaseConnection {
  readonly #writer: SqliteHandle;
  readonly #reader: SqliteHandle;
  readonly #writing: Mutex;
  readonly #log: WalFlush;
  #letGo: (() => void) | null = null;

  constructor(writer: SqliteHandle, reader: SqliteHandle, writing: Mutex, log: WalFlush) {
    this.#writer = writer;
    this.#reader = reader;
    this.#writing = writing;
    this.#log = log;
  }

  async begin(): Promise<void> {
    const letGo = await this.#writing.acquire();
    try {
      // Immediate: a transaction that reads before it writes must not find at its first write that it is too late.
      await whenFree(() => this.#writer.exec('begin immediate'));
    } catch (error) {
      letGo();
      throw error;
    }
    this.#letGo = letGo;
  }

  /** False when there was nothing to end. */
  end(how: 'commit' | 'rollback'): boolean {
    // Kysely rolls back after a commit that failed; by then the writer may be somebody else's.
    if (!this.#letGo) return false;
    try {
      if (how === 'commit') this.#writer.exec('commit');
    } finally {
      // A commit that fails leaves the transaction open, and the next holder must find none. A rollback that has nothing
      // to do must not fail: its error would hide the one that it follows.
      if (this.#writer.inTransaction) this.#writer.exec('rollback');
      this.#letGo();
      this.#letGo = null;
    }
    return true;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.#letGo) return run<R>(this.#writer, query);
    if (query.query.kind === 'SelectQueryNode') return run<R>(this.#reader, query);
    const letGo = await this.#writing.acquire();
    let result: QueryResult<R>;
    try {
      result = await whenFree(() => run<R>(this.#writer, query));
    } finally {
      letGo();
    }
    // A statement that is its own transaction. Raw SQL may be a question or a pragma: there may be no log yet to flush.
    if (query.query.kind !== 'RawNode') await this.#log.flush();
    return result;
  }

  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    yield await this.executeQuery<R>(query);
  }
}

/**
 * Waits for another process to let go of the file, without holding up this one as SQLite's own waiting would.
 * Rethrows SQLITE_BUSY after ten seconds.
 */
async function whenFree<T>(write: () => T): Promise<T> {
  const giveUpAt = performance.now() + WAIT_MS;
  for (;;) {
    try {
      return write();
    } catch (error) {
      if ((error as { errcode?: number }).errcode !== SQLITE_BUSY || performance.now() > giveUpAt)
        throw error;
      await setTimeout(LOOK_AGAIN_MS);
    }
  }
}

function run<R>(handle: SqliteHandle, query: CompiledQuery): QueryResult<R> {
  const statement = handle.prepare(query.sql);
  const parameters = query.parameters as (string | number | bigint | null | Uint8Array)[];
  // Asking a statement for its columns costs half as much as a short select itself, whose kind is known anyway.
  const hasRows = query.query.kind === 'SelectQueryNode' || statement.columns().length > 0;
  if (hasRows) return { rows: statement.all(...parameters) as R[] };
  const { changes, lastInsertRowid } = statement.run(...parameters);
  return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
}
