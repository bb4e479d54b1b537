import type { Database, Executor } from '../../database/index.ts';
import { overlap, type Range } from './ranges.ts';
import { insertParts, partsWithin, type StoredPart, touchOpen } from './sessions.ts';

/**
 * What became of a part: `recorded`, `closed` — the session takes no parts any more —, or `taken` — another server
 * has just stored a part with some of its bytes.
 */
export type Outcome = 'recorded' | 'closed' | 'taken';

interface Entry {
  sessionId: string;
  part: StoredPart;
  now: number;
  settle: PromiseWithResolvers<Outcome>;
}

/**
 * Parts of a transaction at most. On SQLite it holds up everything else until all of them are written, and two hundred uploads
 * at once would have as many.
 */
const BATCH = 32;

/** Parts that are sent at the same time are seldom further apart. */
const NEAR_BYTES = 64 * 1024 * 1024;

/**
 * Writes down which parts are stored. A transaction waits for the disk; parts that are ready meanwhile share the next
 * one.
 */
export class PartLog {
  readonly #database: Database;
  /** bounded by: parts in the memory for parts */
  readonly #waiting: Entry[] = [];
  #writing = false;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Resolves when the part is durably recorded, or cannot be. Rejects with what the database threw. */
  record(sessionId: string, part: StoredPart, now: number): Promise<Outcome> {
    const settle = Promise.withResolvers<Outcome>();
    this.#waiting.push({ sessionId, part, now, settle });
    if (!this.#writing) void this.#writeAll();
    return settle.promise;
  }

  async #writeAll(): Promise<void> {
    this.#writing = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, BATCH);
      try {
        const outcomes = await this.#database.transaction((trx) => write(trx, batch));
        for (const entry of batch) entry.settle.resolve(outcomes.get(entry)!);
      } catch (error) {
        for (const entry of batch) entry.settle.reject(error);
      }
    }
    this.#writing = false;
  }
}

async function write(trx: Executor, batch: readonly Entry[]): Promise<Map<Entry, Outcome>> {
  const outcomes = new Map<Entry, Outcome>();
  // In one order everywhere, or two servers could wait for each other's rows.
  for (const sessionId of [...new Set(batch.map((entry) => entry.sessionId))].sort()) {
    const entries = batch.filter((entry) => entry.sessionId === sessionId);
    const now = Math.max(...entries.map((entry) => entry.now));
    const open = await touchOpen(trx, sessionId, now);
    if (open) await add(trx, sessionId, entries, outcomes);
    else for (const entry of entries) outcomes.set(entry, 'closed');
  }
  return outcomes;
}

/** The parts of one session, of which none overlap: `storePart` sees to that in this process, but not in others. */
async function add(
  trx: Executor,
  sessionId: string,
  entries: readonly Entry[],
  outcomes: Map<Entry, Outcome>,
): Promise<void> {
  const others = await storedNear(
    trx,
    sessionId,
    entries.map(({ part }) => part),
  );
  const fresh: StoredPart[] = [];
  for (const entry of entries) {
    const { part } = entry;
    const other = others.find((one) => overlap(one, part));
    if (!other) fresh.push(part);
    const same = other?.offset === part.offset && other.size === part.size && other.md5 === part.md5;
    outcomes.set(entry, !other || same ? 'recorded' : 'taken');
  }
  if (fresh.length > 0) await insertParts(trx, sessionId, fresh);
}

/** The stored parts that overlap one of these: asked for together, unless that would bring many others along. */
async function storedNear(trx: Executor, sessionId: string, ranges: readonly Range[]): Promise<StoredPart[]> {
  const all = hull(ranges);
  if (all.size <= NEAR_BYTES) return partsWithin(trx, sessionId, all);
  const found: StoredPart[] = [];
  for (const range of ranges) found.push(...(await partsWithin(trx, sessionId, range)));
  return found;
}

/** The shortest range that has all of these in it. */
function hull(ranges: readonly Range[]): Range {
  const offset = Math.min(...ranges.map((range) => range.offset));
  const end = Math.max(...ranges.map((range) => range.offset + range.size));
  return { offset, size: end - offset };
}
