import { sql } from 'kysely';
import type { Clock } from '../../common/clocks/clock.ts';
import type { Logger } from '../../common/log.ts';
import type { Executor } from '../../database/index.ts';
import { tables } from '../tables.ts';
import { digestOf } from './digest.ts';
import type { NonceStore } from './store.ts';

const SWEEP_MS = 60_000;
const SWEEP_ROWS = 1000;

interface Claim {
  expiresAt: number;
  answer: PromiseWithResolvers<boolean>;
}

/**
 * Signatures in a table that all API nodes share: who inserts the row has the claim. While one insert is on its way
 * the next claims gather, so a busy node sends few, large inserts.
 */
export class PostgresNonceStore implements NonceStore {
  readonly #db: Executor;
  readonly #windowMs: number;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #sweeper: NodeJS.Timeout;
  /** bounded by: connections, of which each has one call under way */
  #waiting = new Map<string, Claim>();
  #inserting: Promise<void> | null = null;
  /** All are in the table. */
  readonly remembered = 0;

  constructor(db: Executor, windowMs: number, clock: Clock, log: Logger) {
    this.#db = db;
    this.#windowMs = windowMs;
    this.#clock = clock;
    this.#log = log;
    this.#sweeper = setInterval(() => void this.#sweep(), SWEEP_MS).unref();
  }

  async claim(secretId: string, signature: string, issuedAt: number): Promise<boolean> {
    const digest = digestOf(secretId, signature).toString('base64url');
    if (this.#waiting.has(digest)) return false;
    const answer = Promise.withResolvers<boolean>();
    this.#waiting.set(digest, { expiresAt: issuedAt + this.#windowMs, answer });
    this.#inserting ??= this.#insertAll();
    return answer.promise;
  }

  async close(): Promise<void> {
    clearInterval(this.#sweeper);
    await this.#inserting;
  }

  async #insertAll(): Promise<void> {
    // Once around the event loop, so that the calls that arrived together go together.
    await new Promise(setImmediate);
    while (this.#waiting.size > 0) {
      const batch = this.#waiting;
      this.#waiting = new Map();
      await this.#insert(batch);
    }
    this.#inserting = null;
  }

  async #insert(batch: Map<string, Claim>): Promise<void> {
    // In order, so that two nodes with the same claims wait for each other instead of in a circle.
    const claims = [...batch].sort(([a], [b]) => (a < b ? -1 : 1));
    const digests = claims.map(([digest]) => digest);
    const expiries = claims.map(([, { expiresAt }]) => expiresAt);
    try {
      const { rows } = await sql<{ digest: string }>`
        insert into replay_nonces (digest, expires_at)
        select * from unnest(${digests}::text[], ${expiries}::bigint[])
        on conflict do nothing
        returning digest`.execute(tables(this.#db));
      const inserted = new Set(rows.map((row) => row.digest));
      for (const [digest, { answer }] of claims) answer.resolve(inserted.has(digest));
    } catch (error) {
      for (const [, { answer }] of claims) answer.reject(error);
    }
  }

  async #sweep(): Promise<void> {
    try {
      for (let deleted = SWEEP_ROWS; deleted === SWEEP_ROWS; ) {
        const result = await sql`
          delete from replay_nonces where digest in (
            select digest from replay_nonces where expires_at < ${this.#clock()} limit ${SWEEP_ROWS}
          )`.execute(tables(this.#db));
        deleted = Number(result.numAffectedRows);
      }
    } catch (error) {
      this.#log.warn({ err: error }, 'old signatures could not be deleted; trying again in a minute');
    }
  }
}
