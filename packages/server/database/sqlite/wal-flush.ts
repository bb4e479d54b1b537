import type { BigIntStats } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { GroupSync } from '../../common/group-sync.ts';

/** Somebody took the file of the log away: what is written to it is lost. */
class LogGoneError extends Error {
  override name = 'LogGoneError';
  /** Not the fault of whoever wrote. */
  readonly outage = 'database';
}

/**
 * Makes commits durable. SQLite would do so itself (`synchronous = full`), but inside of its commit, and the whole process
 * would stand still until the disk has answered. With `normal` a commit in WAL mode only appends to the log; here the log
 * is flushed in a thread, once for all commits that wait. SQLite still flushes what its own order needs: the log before a
 * checkpoint and its header, the database before the log begins anew.
 *
 * A log that was deleted, or whose folder was, can be written and flushed for as long as it is open: so each flush looks whether it
 * is still in its place.
 */
export class WalFlush {
  readonly #path: string;
  readonly #group = new GroupSync(() => this.#flush());
  #file: Promise<{ file: FileHandle; stats: BigIntStats }> | null = null;

  /** @param database path of the database; its log lies beside it as long as anybody has it open */
  constructor(database: string) {
    this.#path = `${database}-wal`;
  }

  /** Resolves when everything committed before this call is durable. Rejects when that is not certain. */
  flush(): Promise<void> {
    return this.#group.sync();
  }

  async close(): Promise<void> {
    await (await this.#file)?.file.close();
  }

  async #flush(): Promise<void> {
    const { file, stats } = await this.#open();
    await file.datasync();
    const { dev, ino } = await stat(this.#path, { bigint: true }).catch(() => ({ dev: null, ino: null }));
    if (dev !== stats.dev || ino !== stats.ino) throw new LogGoneError('the log of the database is gone');
  }

  #open(): Promise<{ file: FileHandle; stats: BigIntStats }> {
    this.#file ??= openWithStats(this.#path).catch((error: unknown) => {
      this.#file = null;
      throw error;
    });
    return this.#file;
  }
}

async function openWithStats(path: string): Promise<{ file: FileHandle; stats: BigIntStats }> {
  const file = await open(path, 'r+');
  try {
    return { file, stats: await file.stat({ bigint: true }) };
  } catch (error) {
    await file.close();
    throw error;
  }
}
