import path from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { makePrivateFile } from '../../common/private-files.ts';
import { sqliteFault } from '../../database/index.ts';

/** Whether the disk is at fault: it is full, it fails, it is gone, or no file can be opened. Others at the same file are not it. */
export function isOfTheDisk(error: unknown): boolean {
  const fault = sqliteFault(error);
  const isOthers = fault === 'busy' && 'errcode' in (error as Error);
  return fault !== null && !isOthers;
}

/** The file of `SqliteNonceStore`: rows of fingerprints, each with its generation, that only grow at their end. */
export class ClaimFile {
  readonly #file: DatabaseSync;
  readonly #insert: StatementSync;
  /**
   * Closed last, and unable to write: so SQLite does not delete the log and its index, for which a full disk might have no room
   * at the next start.
   */
  readonly #last: DatabaseSync;

  /** Makes the file where there is none. Throws what SQLite throws. */
  constructor(dataDir: string) {
    const name = path.join(dataDir, 'replay.sqlite');
    makePrivateFile(name);
    this.#file = new DatabaseSync(name, { timeout: 10_000 });
    try {
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
      this.#last = new DatabaseSync(name, { readOnly: true });
      this.#last.exec('select 1 from claims limit 1');
      this.#tidy();
      this.#insert = this.#file.prepare('insert into claims (generation, fingerprints) values (?, ?)');
    } catch (error) {
      this.#file.close();
      throw error;
    }
  }

  write(generation: number, fingerprints: Uint8Array): void {
    this.#insert.run(generation, fingerprints);
  }

  *rows(): Generator<{ generation: number; fingerprints: Uint8Array }> {
    for (const row of this.#file.prepare('select generation, fingerprints from claims').iterate()) {
      yield { generation: row.generation as number, fingerprints: row.fingerprints as Uint8Array };
    }
  }

  /** Deletes rows of generations before `oldest`, no more than `limit`; whether there may be others. */
  deleteBefore(oldest: number, limit: number): boolean {
    const { changes } = this.#file
      .prepare('delete from claims where id in (select id from claims where generation < ? limit ?)')
      .run(oldest, limit);
    return changes === limit;
  }

  get isOpen(): boolean {
    return this.#file.isOpen;
  }

  close(): void {
    this.#tidy();
    this.#file.close();
    this.#last.close();
  }

  /** Lets the log begin anew instead of growing, if the disk allows it. */
  #tidy(): void {
    try {
      this.#file.exec('pragma wal_checkpoint(passive)');
    } catch {
      // Then it grows, or what comes next is told.
    }
  }
}
