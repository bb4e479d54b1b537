import { type FileHandle, open } from 'node:fs/promises';
import { GroupSync } from '../../common/group-sync.ts';

/**
 * Makes commits durable. SQLite would do so itself (`synchronous = full`), but inside of its commit, and the whole process
 * would stand still until the disk has answered. With `normal` a commit in WAL mode only appends to the log; here the log
 * is flushed in a thread, once for all commits that wait. SQLite still flushes what its own order needs: the log before a
 * checkpoint and its header, the database before the log begins anew.
 */
export class WalFlush {
  readonly #path: string;
  readonly #group = new GroupSync(async () => (await this.#open()).datasync());
  #file: Promise<FileHandle> | null = null;

  /** @param database path of the database; its log lies beside it as long as anybody has it open */
  constructor(database: string) {
    this.#path = `${database}-wal`;
  }

  /** Resolves when everything committed before this call is durable. Rejects when that is not certain. */
  flush(): Promise<void> {
    return this.#group.sync();
  }

  async close(): Promise<void> {
    await (await this.#file)?.close();
  }

  #open(): Promise<FileHandle> {
    this.#file ??= open(this.#path, 'r+').catch((error: unknown) => {
      this.#file = null;
      throw error;
    });
    return this.#file;
  }
}
