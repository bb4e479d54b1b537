import { open, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Logger } from '../../common/log.ts';
import { type Database, faultLevel } from '../../database/index.ts';
import { type LogListener, type LogReader, parseAccessLine } from '../../delivery/index.ts';
import type { Place } from '../geo/names.ts';
import { linesAt } from './lines.ts';
import { ListenedTally } from './listened-tally.ts';
import { nodeIdOf } from './node-id.ts';
import { advance, positionsOf } from './positions.ts';
import { saveTallies } from './save.ts';
import { Tally } from './tally.ts';

/** What is read back in one transaction, bytes of the log: some 25,000 requests. */
const ROUND_BYTES = 4 * 1024 ** 2;
/** Flushes of the log that wait to be saved; of what comes while so many wait, the log is read. */
const MAX_PENDING = 60;

export interface CollectorDeps {
  /** Of the access log of this node. */
  folder: string;
  database: Database;
  log: Logger;
  /** Ids of all applications. */
  applications(): Promise<ReadonlySet<string>>;
  placeOf(clientIp: string): Place;
  /** Domains that are always told apart. */
  ours: ReadonlySet<string>;
}

/**
 * Counts what the access log of this node says. The log is what is true; how far it is counted is written in the transaction that
 * counts, so each line counts once, however often the process is killed. Lines are tallied as they are added, which costs least;
 * wherever that does not fit together with the positions (a start, a fault, a new application) the log is read.
 */
export class Collector implements LogReader {
  readonly #deps: CollectorDeps;
  #node: Promise<string> | null = null;
  /** What is in the database; null when it is to be read anew. bounded by: the files that the access log keeps */
  #saved: Map<string, number> | null = null;
  /** What is tallied too, where that is more. bounded by: as `#saved` */
  readonly #tallied = new Map<string, number>();
  /** bounded by: MAX_PENDING */
  #pending: Tally[] = [];
  /** Sizes of files behind whose position there is no whole line. bounded by: as `#saved` */
  readonly #ends = new Map<string, number>();
  /** As they were known last. bounded by: applications, which operators make */
  #apps: ReadonlySet<string> = new Set();
  #isReading = false;
  /** When the last look began that counted all there was, ms of the monotonic clock. */
  #countedAt = performance.now();
  #isFailing = false;
  #working: Promise<boolean> = Promise.resolve(true);

  constructor(deps: CollectorDeps) {
    this.#deps = deps;
  }

  /** Counts all there is; one call at a time, in order. Resolves to whether that could be done; it never rejects. */
  collect(): Promise<boolean> {
    this.#working = this.#working.then(() => this.#collect());
    return this.#working;
  }

  /** All that was delivered so long ago is counted, ms. */
  get lagMs(): number {
    return performance.now() - this.#countedAt;
  }

  async isRead(name: string, bytes: number): Promise<boolean> {
    return (this.#saved?.get(name) ?? 0) >= bytes || this.#ends.get(name) === bytes;
  }

  listen(): LogListener {
    return new ListenedTally(this.#apps, this.#deps.placeOf, (listened) => this.#take(listened));
  }

  /** Whose log this is. Rejects when its folder cannot be written. */
  node(): Promise<string> {
    // All who ask at once get the one id.
    this.#node ??= nodeIdOf(this.#deps.folder).catch((error) => {
      this.#node = null;
      throw error;
    });
    return this.#node;
  }

  /** Takes what was heard of a flush, if it begins in each file where what is tallied ends; else it will be read. */
  #take({ tally, ranges, isSure }: ListenedTally): void {
    if (this.#saved === null || this.#isReading || !isSure || this.#pending.length >= MAX_PENDING) return;
    for (const [name, { from }] of ranges) if (this.#positionOf(name) !== from) return;
    for (const [name, { to }] of ranges) this.#tallied.set(name, to);
    this.#pending.push(tally);
  }

  #positionOf(name: string): number {
    return this.#tallied.get(name) ?? this.#saved?.get(name) ?? 0;
  }

  async #collect(): Promise<boolean> {
    const begunAt = performance.now();
    try {
      while (await this.#round());
      this.#countedAt = begunAt;
      this.#isFailing = false;
      return true;
    } catch (error) {
      // Nothing is lost: the log waits. Whether it was counted is in the database, and only there.
      this.#saved = null;
      this.#tallied.clear();
      this.#pending = [];
      if (!this.#isFailing) this.#deps.log[faultLevel(error)]({ err: error }, 'statistics wait');
      this.#isFailing = true;
      return false;
    }
  }

  /** Resolves to whether there may be more. */
  async #round(): Promise<boolean> {
    const { database, applications, ours } = this.#deps;
    const node = await this.node();
    this.#apps = await applications();
    this.#saved ??= await positionsOf(database.db, node);
    const saved = this.#saved;
    const { bytes, tally } = await this.#readOn();
    const tallies = [...this.#pending, tally];
    const reached = [...this.#tallied].filter(([name, to]) => to > (saved.get(name) ?? 0));
    this.#pending = [];
    if (reached.length === 0) return false;
    await database.transaction(async (trx) => {
      for (const [name, to] of reached) await advance(trx, node, name, saved.get(name) ?? 0, to);
      await saveTallies(trx, tallies, ours);
    });
    for (const [name, to] of reached) saved.set(name, to);
    return bytes >= ROUND_BYTES;
  }

  /** Tallies what the log has behind the positions; nothing that is heard meanwhile is taken, as it may be read. */
  async #readOn(): Promise<{ bytes: number; tally: Tally }> {
    const tally = new Tally((appId) => this.#apps.has(appId), this.#deps.placeOf);
    this.#isReading = true;
    try {
      const names = (await readdir(this.#deps.folder)).filter((name) => name.endsWith('.log')).sort();
      let bytes = 0;
      for (const name of names) {
        const before = this.#positionOf(name);
        const after = await this.#tallyFile(name, before, ROUND_BYTES - bytes, tally);
        bytes += after - before;
        if (after > before) this.#tallied.set(name, after);
      }
      this.#forgetAllBut(new Set(names));
      return { bytes, tally };
    } finally {
      this.#isReading = false;
    }
  }

  #forgetAllBut(names: ReadonlySet<string>): void {
    for (const map of [this.#saved, this.#tallied, this.#ends]) {
      for (const name of map?.keys() ?? []) if (!names.has(name)) map?.delete(name);
    }
  }

  /** Resolves to the position that the file was read to, at most about `bytes` further. */
  async #tallyFile(name: string, position: number, bytes: number, tally: Tally): Promise<number> {
    await using handle = await openIfThere(path.join(this.#deps.folder, name));
    // Compressed just now, which is done with what is counted.
    if (!handle) return position;
    const { size } = await handle.stat();
    let next = position;
    while (next < size && next - position < bytes) {
      const { lines, bytes: taken } = await linesAt(handle, next);
      if (taken === 0) {
        this.#ends.set(name, size);
        break;
      }
      for (const line of lines) {
        const access = parseAccessLine(line);
        if (access) tally.add(access);
      }
      next += taken;
      await new Promise(setImmediate);
    }
    return next;
  }
}

async function openIfThere(file: string) {
  try {
    return await open(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return null;
  }
}
