import type {
  CompiledQuery,
  DatabaseConnection,
  Dialect,
  Driver,
  QueryResult,
  TransactionSettings,
} from 'kysely';
import type { DatabaseHealth } from './health.ts';
import { DatabaseUnavailable, type UnavailableReason } from './unavailable.ts';

/**
 * A dialect whose faults can be told apart: what `faultOf` knows is thrown as DatabaseUnavailable, anything else as it is.
 * Tells `health` of every one, and when the database answers.
 */
export function tellingDialect(
  dialect: Dialect,
  faultOf: (error: unknown) => UnavailableReason | null,
  health: DatabaseHealth,
): Dialect {
  /** @param writes whether it writes for good, so that what fails may have been carried out all the same */
  async function telling<T>(writes: boolean, ask: () => Promise<T>): Promise<T> {
    try {
      const answer = await ask();
      health.answered(writes);
      return answer;
    } catch (error) {
      const fault = faultFrom(error, writes);
      if (fault === null) throw error;
      health.failed(fault);
      throw fault;
    }
  }
  /** A driver that knows that nothing was sent has said so itself. */
  function faultFrom(error: unknown, writes: boolean): DatabaseUnavailable | null {
    if (error instanceof DatabaseUnavailable) return error;
    const reason = faultOf(error);
    return reason && new DatabaseUnavailable(reason, error, writes);
  }
  return {
    createDriver: () => new TellingDriver(dialect.createDriver(), telling),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: (db) => dialect.createIntrospector(db),
  };
}

type Telling = <T>(writes: boolean, ask: () => Promise<T>) => Promise<T>;

class TellingDriver implements Driver {
  readonly #driver: Driver;
  readonly #telling: Telling;

  constructor(driver: Driver, telling: Telling) {
    this.#driver = driver;
    this.#telling = telling;
  }

  init(): Promise<void> {
    return this.#telling(false, () => this.#driver.init());
  }

  async acquireConnection(): Promise<TellingConnection> {
    const connection = await this.#telling(false, () => this.#driver.acquireConnection());
    return new TellingConnection(connection, this.#telling);
  }

  async beginTransaction(connection: TellingConnection, settings: TransactionSettings): Promise<void> {
    await this.#telling(false, () => this.#driver.beginTransaction(connection.inner, settings));
    connection.inTransaction = true;
  }

  commitTransaction({ inner }: TellingConnection): Promise<void> {
    return this.#telling(true, () => this.#driver.commitTransaction(inner));
  }

  rollbackTransaction({ inner }: TellingConnection): Promise<void> {
    return this.#telling(false, () => this.#driver.rollbackTransaction(inner));
  }

  releaseConnection({ inner }: TellingConnection): Promise<void> {
    return this.#driver.releaseConnection(inner);
  }

  destroy(): Promise<void> {
    return this.#driver.destroy();
  }
}

class TellingConnection implements DatabaseConnection {
  readonly inner: DatabaseConnection;
  /** What fails in a transaction is taken back with it. */
  inTransaction = false;
  readonly #telling: Telling;

  constructor(inner: DatabaseConnection, telling: Telling) {
    this.inner = inner;
    this.#telling = telling;
  }

  executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const writes = !this.inTransaction && query.query.kind !== 'SelectQueryNode';
    return this.#telling(writes, () => this.inner.executeQuery<R>(query));
  }

  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    yield await this.executeQuery<R>(query);
  }
}
