import path from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Clock } from '../../common/clock.ts';
import type { Logger } from '../../common/log.ts';
import { digestOf } from './digest.ts';
import { FingerprintSet } from './fingerprints.ts';
import type { NonceStore } from './store.ts';

const FINGERPRINT_BYTES = 8;
/** Signatures are kept and forgotten together with those whose Timestamp falls into the same ten minutes. */
const GENERATION_MS = 600_000;
const SWEEP_MS = 60_000;
const SWEEP_ROWS = 500;

interface Waiting {
  /** Fingerprints, 8 bytes each. */
  fingerprints: Buffer[];
  written: PromiseWithResolvers<void>;
}

/**
 * Signatures in memory, by generation, and in a SQLite file that only ever grows at its end: all calls of one turn of
 * the event loop share one row and one commit, so the store keeps up with any number of calls a second.
 *
 * The file is not the main database because its commits need no fsync: what a killed process wrote is with the
 * operating system, and after a power cut the last moment's calls may be replayed at worst.
 */
export class SqliteNonceStore implements NonceStore {
  /** bounded by: the window, ten minutes each; what each holds is the calls of ten minutes */
  readonly #generations = new Map<number, FingerprintSet>();
  /** bounded by: the window, and connections, of which each has one call under way */
  readonly #waiting = new Map<number, Waiting>();
  readonly #file: DatabaseSync;
  readonly #insert: StatementSync;
  readonly #windowMs: number;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #sweeper: NodeJS.Timeout;
  #flushing: NodeJS.Immediate | null = null;

  constructor(dataDir: string, windowMs: number, clock: Clock, log: Logger) {
    this.#windowMs = windowMs;
    this.#clock = clock;
    this.#log = log;
    this.#file = new DatabaseSync(path.join(dataDir, 'replay.sqlite'), { timeout: 10_000 });
    this.#file.exec(`
      pragma journal_mode = wal;
      pragma synchronous = normal;
      create table if not exists claims (
        id integer primary key,
        generation integer not null,
        fingerprints blob not null
      );
      create index if not exists claims_by_generation on claims (generation);
    `);
    this.#insert = this.#file.prepare('insert into claims (generation, fingerprints) values (?, ?)');
    this.#load();
    this.#sweeper = setInterval(() => this.#sweep(), SWEEP_MS).unref();
  }

  async claim(secretId: string, signature: string, issuedAt: number): Promise<boolean> {
    const generation = Math.floor(issuedAt / GENERATION_MS);
    const digest = digestOf(secretId, signature);
    if (!this.#remember(generation, digest, 0)) return false;
    let waiting = this.#waiting.get(generation);
    if (!waiting) {
      waiting = { fingerprints: [], written: Promise.withResolvers() };
      this.#waiting.set(generation, waiting);
    }
    waiting.fingerprints.push(digest.subarray(0, FINGERPRINT_BYTES));
    this.#flushing ??= setImmediate(() => this.#flush());
    await waiting.written.promise;
    return true;
  }

  async close(): Promise<void> {
    clearInterval(this.#sweeper);
    if (this.#flushing) clearImmediate(this.#flushing);
    this.#flush();
    this.#file.close();
  }

  #remember(generation: number, bytes: Uint8Array, offset: number): boolean {
    let known = this.#generations.get(generation);
    if (!known) {
      known = new FingerprintSet();
      this.#generations.set(generation, known);
    }
    return known.add({ high: uint32At(bytes, offset), low: uint32At(bytes, offset + 4) });
  }

  #flush(): void {
    this.#flushing = null;
    // Nearly always one row, as clients' clocks agree on the ten minutes.
    for (const [generation, { fingerprints, written }] of this.#waiting) {
      try {
        this.#insert.run(generation, Buffer.concat(fingerprints));
        written.resolve();
      } catch (error) {
        written.reject(error);
      }
    }
    this.#waiting.clear();
  }

  #load(): void {
    for (const row of this.#file.prepare('select generation, fingerprints from claims').iterate()) {
      const fingerprints = row.fingerprints as Uint8Array;
      for (let at = 0; at < fingerprints.length; at += FINGERPRINT_BYTES) {
        this.#remember(row.generation as number, fingerprints, at);
      }
    }
  }

  /** Forgets generations whose every Timestamp has left the window; from the file a few rows at a time. */
  #sweep(): void {
    const oldest = Math.floor((this.#clock() - this.#windowMs) / GENERATION_MS);
    for (const generation of this.#generations.keys()) {
      if (generation < oldest) this.#generations.delete(generation);
    }
    try {
      const { changes } = this.#file
        .prepare('delete from claims where id in (select id from claims where generation < ? limit ?)')
        .run(oldest, SWEEP_ROWS);
      if (changes === SWEEP_ROWS) setImmediate(() => this.#file.isOpen && this.#sweep());
    } catch (error) {
      this.#log.warn({ err: error }, 'old signatures could not be deleted; trying again in a minute');
    }
  }
}

function uint32At(bytes: Uint8Array, offset: number): number {
  const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(offset, offset + 4);
  return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
}
