import type { CompiledQuery, DatabaseConnection, Driver, QueryResult, TransactionSettings } from 'kysely';
import type { QueryResult as PgResult, PoolClient } from 'pg';
import { breaksConnection } from './faults.ts';
import type { ConnectionPool } from './pool.ts';

/**
 * Kysely on `pg`. Kysely's own driver would do but for connections that break: here one that broke is never used again, what
 * was sent on it fails, and a read that nothing came before is asked once more on another connection, as is a `begin`.
 * Nothing else is repeated: whether it was carried out, nobody knows.
 */
export class PostgresDriver implements Driver {
  readonly #pool: ConnectionPool;

  constructor(pool: ConnectionPool) {
    this.#pool = pool;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<PostgresConnection> {
    return new PostgresConnection(this.#pool);
  }

  beginTransaction(connection: PostgresConnection, settings: TransactionSettings): Promise<void> {
    const { isolationLevel, accessMode } = settings;
    const level = isolationLevel ? ` isolation level ${isolationLevel}` : '';
    return connection.begin(`start transaction${level}${accessMode ? ` ${accessMode}` : ''}`);
  }

  commitTransaction(connection: PostgresConnection): Promise<void> {
    return connection.commit();
  }

  rollbackTransaction(connection: PostgresConnection): Promise<void> {
    return connection.rollback();
  }

  async releaseConnection(connection: PostgresConnection): Promise<void> {
    connection.release();
  }

  destroy(): Promise<void> {
    return this.#pool.end();
  }
}

class PostgresConnection implements DatabaseConnection {
  readonly #pool: ConnectionPool;
  /** Taken with the first query, when it is known what for; null before, and once it was given back. */
  #client: PoolClient | null = null;
  #inTransaction = false;
  /** Why it is of no more use. */
  #broken: Error | undefined;
  /** Something was answered on it, so that another connection could not go on in its place. */
  #used = false;

  constructor(pool: ConnectionPool) {
    this.#pool = pool;
  }

  async begin(sql: string): Promise<void> {
    if (!this.#client) {
      this.#client = await this.#pool.acquireForTransaction();
      this.#inTransaction = true;
    }
    await this.#sendOrRepeat(sql, []);
  }

  async commit(): Promise<void> {
    const { command } = await this.#send('commit', []);
    // So it answers when a statement before has failed.
    if (command === 'ROLLBACK')
      throw new Error('the transaction could not be committed: it had failed before');
  }

  /** The server takes back by itself what a connection that broke had begun. */
  async rollback(): Promise<void> {
    if (this.#broken) return;
    try {
      await this.#send('rollback', []);
    } catch (error) {
      // Nobody knows what is open on it.
      this.#broken ??= error as Error;
      throw error;
    }
  }

  /** A connection that broke is closed. */
  release(): void {
    this.#client?.release(this.#broken);
    this.#client = null;
    if (this.#inTransaction) this.#pool.endTransaction();
    this.#inTransaction = false;
  }

  async executeQuery<R>({ sql, parameters, query }: CompiledQuery): Promise<QueryResult<R>> {
    const isRead = query.kind === 'SelectQueryNode' && query.with === undefined;
    const send = isRead ? this.#sendOrRepeat : this.#send;
    return resultOf<R>(await send.call(this, sql, parameters));
  }

  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    yield await this.executeQuery<R>(query);
  }

  async #sendOrRepeat(sql: string, parameters: readonly unknown[]): Promise<PgResult> {
    try {
      return await this.#send(sql, parameters);
    } catch (error) {
      if (!this.#broken || this.#used) throw error;
      this.#client?.release(this.#broken);
      this.#client = null;
      this.#broken = undefined;
      return this.#send(sql, parameters);
    }
  }

  async #send(sql: string, parameters: readonly unknown[]): Promise<PgResult> {
    if (this.#broken) throw this.#broken;
    this.#client ??= await this.#pool.acquire();
    try {
      const result = await this.#client.query(sql, parameters as unknown[]);
      this.#used = true;
      return result;
    } catch (error) {
      if (breaksConnection(error)) this.#broken = error as Error;
      throw error;
    }
  }
}

const CHANGES = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE']);

function resultOf<R>({ command, rowCount, rows }: PgResult): QueryResult<R> {
  const numAffectedRows = CHANGES.has(command) ? BigInt(rowCount ?? 0) : undefined;
  return { numAffectedRows, rows: (rows ?? []) as R[] };
}
