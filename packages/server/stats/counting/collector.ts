import { open, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Logger } from '../../common/log.ts';
import { type Database, faultLevel } from '../../database/index.ts';
import { parseAccessLine } from '../../delivery/index.ts';
import type { Place } from '../geo/names.ts';
import { linesAt } from './lines.ts';
import { nodeIdOf } from './node-id.ts';
import { advance, positionsOf } from './positions.ts';
import { saveTally } from './save.ts';
import { Tally } from './tally.ts';

/** What is counted in one transaction, bytes of the log: some 25,000 requests. */
const ROUND_BYTES = 4 * 1024 ** 2;

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
 * Counts what the access log of this node says. The log is what is true: how far it was read is written in the transaction that
 * counts what was read, so each line counts once, however often the process is killed, and delivery does nothing for it.
 */
export class Collector {
  readonly #deps: CollectorDeps;
  #node: string | null = null;
  /** Null when they are to be read anew. bounded by: the files that the access log keeps */
  #positions: Map<string, number> | null = null;
  /** Sizes of files behind whose position there is no whole line. bounded by: as `#positions` */
  #ends = new Map<string, number>();
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

  /** Whether a file that nobody writes any more is counted to its end. */
  isRead(name: string, bytes: number): boolean {
    return (this.#positions?.get(name) ?? 0) >= bytes || this.#ends.get(name) === bytes;
  }

  /** Whose log this is. Rejects when its folder cannot be written. */
  async node(): Promise<string> {
    this.#node ??= await nodeIdOf(this.#deps.folder);
    return this.#node;
  }

  async #collect(): Promise<boolean> {
    try {
      while (await this.#round());
      this.#isFailing = false;
      return true;
    } catch (error) {
      // Nothing is lost: the log waits. Whether it was counted is in the database, and only there.
      this.#positions = null;
      if (!this.#isFailing) this.#deps.log[faultLevel(error)]({ err: error }, 'statistics wait');
      this.#isFailing = true;
      return false;
    }
  }

  /** Resolves to whether there may be more. */
  async #round(): Promise<boolean> {
    const { folder, database, applications, placeOf, ours } = this.#deps;
    const node = await this.node();
    this.#positions ??= await positionsOf(database.db, node);
    const positions = this.#positions;
    const apps = await applications();
    const tally = new Tally((appId) => apps.has(appId), placeOf);
    // bounded by: the files that the access log keeps
    const read = new Map<string, number>();
    const names = (await readdir(folder)).filter((name) => name.endsWith('.log')).sort();
    let bytes = 0;
    for (const name of names) {
      const before = positions.get(name) ?? 0;
      const after = await this.#tallyFile(name, before, ROUND_BYTES - bytes, tally);
      bytes += after - before;
      if (after > before) read.set(name, after);
    }
    if (read.size === 0) return false;
    await database.transaction(async (trx) => {
      for (const [name, to] of read) await advance(trx, node, name, positions.get(name) ?? 0, to);
      await saveTally(trx, tally, ours);
    });
    for (const [name, to] of read) positions.set(name, to);
    const here = new Set(names);
    for (const one of [positions, this.#ends]) {
      for (const name of one.keys()) if (!here.has(name)) one.delete(name);
    }
    return bytes >= ROUND_BYTES;
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
