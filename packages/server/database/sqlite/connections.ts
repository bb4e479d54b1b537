import { DatabaseSync, type StatementSync } from 'node:sqlite';

const CACHED_STATEMENTS = 500;

/** One SQLite handle with its prepared statements, the least recently used given up first. */
export class SqliteHandle {
  readonly #database: DatabaseSync;
  /** bounded by: CACHED_STATEMENTS */
  readonly #statements = new Map<string, StatementSync>();

  /** `file` is a path or `:memory:`. */
  constructor(file: string, options: { readOnly: boolean }) {
    this.#database = new DatabaseSync(file, { readOnly: options.readOnly, timeout: 10_000 });
    if (!options.readOnly) {
      // From here on the driver waits for other writers itself: SQLite's waiting would hold up the whole process.
      // Commits are flushed by `WalFlush`.
      this.#database.exec('pragma journal_mode = wal; pragma synchronous = normal; pragma busy_timeout = 0');
    }
    this.#database.exec('pragma foreign_keys = on; pragma cache_size = -65536; pragma temp_store = memory');
    // A lookup in a database that outgrew the cache then costs no system call and no copy. Reads only: an error while
    // writing must be an error, not a signal.
    if (options.readOnly) this.#database.exec('pragma mmap_size = 2147418112');
  }

  /** False when SQLite has rolled back by itself, as it does when the disk is full. */
  get inTransaction(): boolean {
    return this.#database.isTransaction;
  }

  exec(sql: string): void {
    this.#database.exec(sql);
  }

  prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known) {
      this.#statements.delete(sql);
      this.#statements.set(sql, known);
      return known;
    }
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    if (this.#statements.size > CACHED_STATEMENTS) {
      this.#statements.delete(this.#statements.keys().next().value!);
    }
    return statement;
  }

  /**
   * Moves what is in the log to the file, so that the file alone is whole and the log begins anew instead of growing. As far
   * as others and the disk let it: a log that stays is read when the file is opened.
   */
  endLog(): void {
    try {
      this.#database.exec('pragma wal_checkpoint(passive)');
    } catch {
      // Nothing is lost by it; whoever writes next will be told.
    }
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }
}
