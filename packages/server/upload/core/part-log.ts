import type { Database, Executor } from '../../database/index.ts';
import { insertPart, partsWithin, type StoredPart, updateSession } from './sessions.ts';

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

/** A part that is ready waits no longer than this for others, ms. */
const PATIENCE = 10;

/**
 * Writes down which parts are stored. Each transaction waits for the disk, and so does all else meanwhile; therefore
 * parts that are ready wait until they are half of those on their way.
 */
export class PartLog {
  readonly #database: Database;
  #waiting: Entry[] = [];
  #coming = 0;
  #timer: NodeJS.Timeout | undefined;
  #writing = false;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Runs `work`, which is about to record something. */
  async expecting<T>(work: () => Promise<T>): Promise<T> {
    this.#coming++;
    try {
      return await work();
    } finally {
      this.#coming--;
      this.#consider();
    }
  }

  /** Resolves when the part is durably recorded, or cannot be. Rejects with what the database threw. */
  record(sessionId: string, part: StoredPart, now: number): Promise<Outcome> {
    const settle = Promise.withResolvers<Outcome>();
    this.#waiting.push({ sessionId, part, now, settle });
    this.#consider();
    return settle.promise;
  }

  #consider(): void {
    if (this.#writing || this.#waiting.length === 0) return;
    if (this.#waiting.length * 2 >= this.#coming) void this.#write();
    else this.#timer ??= setTimeout(() => void this.#write(), PATIENCE);
  }

  async #write(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = true;
    const batch = this.#waiting;
    this.#waiting = [];
    try {
      const outcomes = await this.#database.transaction((trx) => write(trx, batch));
      for (const [i, entry] of batch.entries()) entry.settle.resolve(outcomes[i]!);
    } catch (error) {
      for (const entry of batch) entry.settle.reject(error);
    }
    this.#writing = false;
    this.#consider();
  }
}

async function write(trx: Executor, batch: readonly Entry[]): Promise<Outcome[]> {
  const outcomes = new Map<Entry, Outcome>();
  // In one order everywhere, or two servers could wait for each other's rows.
  for (const sessionId of [...new Set(batch.map((entry) => entry.sessionId))].sort()) {
    const entries = batch.filter((entry) => entry.sessionId === sessionId);
    const now = Math.max(...entries.map((entry) => entry.now));
    const open = await updateSession(trx, sessionId, ['open'], { touched_at: now });
    for (const entry of entries) outcomes.set(entry, open ? await add(trx, entry) : 'closed');
  }
  return batch.map((entry) => outcomes.get(entry)!);
}

async function add(trx: Executor, { sessionId, part }: Entry): Promise<Outcome> {
  const others = await partsWithin(trx, sessionId, part);
  if (others.length === 0) {
    await insertPart(trx, sessionId, part);
    return 'recorded';
  }
  const same =
    others[0]!.offset === part.offset && others[0]!.size === part.size && others[0]!.md5 === part.md5;
  return same ? 'recorded' : 'taken';
}
