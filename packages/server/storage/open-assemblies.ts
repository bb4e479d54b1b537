import { setMaxListeners } from 'node:events';
import { type BigIntStats, constants } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { GroupSync } from '../common/group-sync.ts';
import { syncFolder } from './disk-files.ts';
import { AssemblyClosedError } from './errors.ts';

/** Parts of one upload follow each other closely; a file that sees none for so many ms is closed. */
const IDLE_CLOSE = 5000;
/** Open files without a writer: beyond, they are closed at once. Many uploads at once must not use up the handles. */
const MAX_IDLE = 256;

/** What a writer of a part works with. */
export interface AssemblyFile {
  file: FileHandle;
  sync: GroupSync;
  /** Whether what is written can be found again: a file that was deleted takes all the same. */
  isInPlace(): Promise<boolean>;
  /** Aborted when the assembly ends. */
  ended: AbortSignal;
}

interface Entry {
  opened: Promise<AssemblyFile>;
  writers: Set<Promise<unknown>>;
  end: AbortController;
  idle?: NodeJS.Timeout;
}

/** The assembly files of one folder, each opened once for all its writers. */
export class OpenAssemblies {
  readonly #folder: string;
  /** The one that was opened longest ago first. bounded by: MAX_IDLE, and parts that are being written */
  readonly #entries = new Map<string, Entry>();
  /** bounded by: assemblies that are being joined or removed, each for a call or the sweep */
  readonly #ending = new Map<string, Promise<unknown>>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  path(id: string): string {
    return join(this.#folder, id);
  }

  /**
   * Runs a write on the assembly's file, which is made when missing.
   * @throws AssemblyClosedError when `exclusively` runs or begins
   */
  async write(id: string, work: (file: AssemblyFile) => Promise<void>): Promise<void> {
    if (this.#ending.has(id)) throw new AssemblyClosedError(`assembly ${id} is being ended`);
    const entry = this.#entries.get(id) ?? this.#open(id);
    clearTimeout(entry.idle);
    const writer = entry.opened.then(work);
    entry.writers.add(writer);
    try {
      await writer;
    } catch (error) {
      throw entry.end.signal.aborted
        ? new AssemblyClosedError(`assembly ${id} was ended`, { cause: error })
        : error;
    } finally {
      entry.writers.delete(writer);
      if (entry.writers.size === 0) this.#rest(id, entry);
    }
  }

  #rest(id: string, entry: Entry): void {
    clearTimeout(entry.idle);
    const wait = this.#entries.size > MAX_IDLE ? 0 : IDLE_CLOSE;
    entry.idle = setTimeout(() => void this.#close(id, entry), wait).unref();
  }

  /** Stops the writers of an assembly, closes its file, and runs `work` while nobody can begin to write. */
  async exclusively<T>(id: string, work: () => Promise<T>): Promise<T> {
    const before = this.#ending.get(id) ?? this.#stop(id);
    const mine = before.then(work);
    const settled = mine.catch(() => {}); // Whoever comes next has its own result, whatever ours is.
    this.#ending.set(id, settled);
    try {
      return await mine;
    } finally {
      if (this.#ending.get(id) === settled) this.#ending.delete(id);
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#entries.keys()].map((id) => this.exclusively(id, async () => {})));
  }

  #open(id: string): Entry {
    const end = new AbortController();
    setMaxListeners(0, end.signal);
    const opened = this.#openFile(id).then(({ file, stats }) => {
      const sync = new GroupSync(() => file.datasync());
      return { file, sync, isInPlace: () => isAt(this.path(id), stats), ended: end.signal };
    });
    const entry: Entry = { opened, writers: new Set(), end };
    this.#entries.set(id, entry);
    // The next writer tries again.
    opened.catch(() => this.#close(id, entry));
    return entry;
  }

  async #openFile(id: string): Promise<{ file: FileHandle; stats: BigIntStats }> {
    const file = await open(this.path(id), constants.O_RDWR | constants.O_CREAT);
    try {
      const stats = await file.stat({ bigint: true });
      // A new file: what is flushed into it must not lose its name.
      if (stats.size === 0n) await syncFolder(this.#folder);
      return { file, stats };
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  async #stop(id: string): Promise<void> {
    const entry = this.#entries.get(id);
    if (!entry) return;
    entry.end.abort();
    await Promise.allSettled(entry.writers);
    await this.#close(id, entry);
  }

  async #close(id: string, entry: Entry): Promise<void> {
    clearTimeout(entry.idle);
    if (this.#entries.get(id) === entry) this.#entries.delete(id);
    // Nothing to close when it could not be opened; what was written is durable, so a failing close says nothing new.
    await entry.opened.then(({ file }) => file.close()).catch(() => {});
  }
}

async function isAt(path: string, { dev, ino }: BigIntStats): Promise<boolean> {
  const found = await stat(path, { bigint: true }).catch(() => null);
  return found?.dev === dev && found.ino === ino;
}
