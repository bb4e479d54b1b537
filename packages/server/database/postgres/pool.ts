import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { DatabaseUnavailable } from '../unavailable.ts';
import { isOutage, postgresFault } from './faults.ts';
import { Turns } from './turns.ts';

export interface PoolOptions {
  /** Connections at most. */
  max: number;
  /** Of these, transactions have at most so many: what is only read or written at once never waits behind uploads. */
  maxTransactions: number;
  /** How long one may wait for a connection, ms; and as long again for it to be opened. */
  waitMs: number;
  /** How many may wait. */
  maxWaiting: number;
  /** After this time without an answer to a query its connection is given up, ms; 0 for never. */
  queryMs: number;
}

/** What holds for the connections of one process (docs/operations.md, Limits). */
export const POOL_DEFAULTS: PoolOptions = {
  max: 10,
  maxTransactions: 6,
  waitMs: 5000,
  maxWaiting: 2000,
  queryMs: 60_000,
};

const NO_TURN = 'timeout exceeded when trying to connect: too many transactions are open';

/** Between two looks whether a server that was away is there again. */
const KNOCK_MS = 100;
/** A server that vanished without a word is noticed after this long, also by connections that are not in use. */
const KEEP_ALIVE_MS = 10_000;

/**
 * Connections to PostgreSQL, a bounded number, for a bounded number of those who wait a bounded time. While the server is
 * away one of them looks whether it is back, and all wait for that.
 */
export class ConnectionPool {
  readonly #pool: pg.Pool;
  readonly #options: PoolOptions;
  readonly #transactions: Turns;
  #waiting = 0;
  #knocking: Promise<void> | null = null;
  /** Why the server is taken to be away. */
  #outage: unknown;

  constructor(url: string, options: PoolOptions) {
    this.#options = options;
    this.#transactions = new Turns(Math.min(options.maxTransactions, options.max));
    this.#pool = new pg.Pool({
      connectionString: url,
      max: options.max,
      connectionTimeoutMillis: options.waitMs,
      query_timeout: options.queryMs,
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
      types: TYPES as pg.CustomTypesConfig,
    });
    // A connection that breaks while nobody uses it is replaced at the next query.
    this.#pool.on('error', () => {});
    // The pool does not listen to those that are in use, and an error that nobody hears ends the process. Whoever uses the
    // connection learns of it by its query.
    this.#pool.on('connect', (client) => client.on('error', () => {}));
  }

  /** Connections that are open, those of them that nobody uses, and how many wait for one. */
  get counts(): { open: number; idle: number; waiting: number } {
    return { open: this.#pool.totalCount, idle: this.#pool.idleCount, waiting: this.#waiting };
  }

  /** To be given back by its `release`. @throws DatabaseUnavailable, never unsure: nothing was sent */
  acquire(): Promise<pg.PoolClient> {
    return this.#counted((giveUpAt) => this.#connect(giveUpAt));
  }

  /** The same for a transaction; `endTransaction` is to be called as well. */
  acquireForTransaction(): Promise<pg.PoolClient> {
    return this.#counted(async (giveUpAt) => {
      if (!(await this.#transactions.take(giveUpAt - performance.now()))) throw new Error(NO_TURN);
      try {
        return await this.#connect(giveUpAt);
      } catch (error) {
        this.#transactions.give();
        throw error;
      }
    });
  }

  endTransaction(): void {
    this.#transactions.give();
  }

  /** For those who want a connection, as many as may wait. */
  async #counted<T>(get: (giveUpAt: number) => Promise<T>): Promise<T> {
    if (this.#waiting >= this.#options.maxWaiting) {
      throw new DatabaseUnavailable('busy', new Error('too many wait for a connection'), false);
    }
    this.#waiting++;
    try {
      return await get(performance.now() + this.#options.waitMs);
    } catch (error) {
      const reason = postgresFault(error);
      throw reason === null ? error : new DatabaseUnavailable(reason, error, false);
    } finally {
      this.#waiting--;
    }
  }

  async #connect(giveUpAt: number): Promise<pg.PoolClient> {
    for (;;) {
      if (this.#knocking === null) {
        try {
          return await this.#pool.connect();
        } catch (error) {
          if (!isOutage(error) || performance.now() >= giveUpAt) throw error;
          this.#outage = error;
        }
      }
      this.#knocking ??= this.#knock();
      await this.#untilBack(this.#knocking, giveUpAt - performance.now());
    }
  }

  /** Closes what is not in use, and the others as they are given back. */
  end(): Promise<void> {
    return this.#pool.end();
  }

  async #untilBack(knocking: Promise<void>, ms: number): Promise<void> {
    const enough = new AbortController();
    const givingUp = sleep(Math.max(0, ms), true, { signal: enough.signal }).catch(() => false);
    const isOver = await Promise.race([knocking.then(() => false), givingUp]);
    enough.abort();
    if (isOver) throw this.#outage;
  }

  /** Resolves when the server lets somebody in again, or refuses for another reason, or nobody waits any more. */
  async #knock(): Promise<void> {
    for (let isAway = true; isAway && this.#waiting > 0 && !this.#pool.ending; ) {
      await sleep(KNOCK_MS);
      try {
        (await this.#pool.connect()).release();
        isAway = false;
      } catch (error) {
        this.#outage = error;
        isAway = isOutage(error);
      }
    }
    this.#knocking = null;
  }
}

const TYPES = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    // int8 and numeric: all ours are within a JavaScript number's exact range.
    oid === pg.types.builtins.INT8 || oid === pg.types.builtins.NUMERIC
      ? Number
      : pg.types.getTypeParser(oid, format as 'text'),
};
