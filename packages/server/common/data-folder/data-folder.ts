import { stat, statfs } from 'node:fs/promises';
import type { Logger } from '../log.ts';
import { type Room, roomOf, shortageOf } from './room.ts';

/** How old an answer may be, and how often the folder is looked at when nobody asks, ms. */
const LOOK_EVERY_MS = 1000;
/** A network disk may hang for ever: for so long it is waited for, ms. */
const PATIENCE_MS = 3000;

/** A file or folder that the service cannot do without, by the name that it has in the log and at `/readyz`. */
export interface Watched {
  name: string;
  path: string;
}

/** What the rooms that fill the disk ask first. */
export interface DiskRoom {
  /**
   * Why nothing large should be begun now, in words for a caller and without a path; null when there is room.
   * @param wanted bytes that it takes, as far as that is known
   */
  shortage(wanted?: number): Promise<string | null>;
}

export interface DataFolderDeps {
  folder: string;
  minFreeBytes: number;
  log: Logger;
  /** For tests: `fs.statfs`. */
  statfs?: (path: string) => Promise<Parameters<typeof roomOf>[0]>;
}

/**
 * The data folder, looked at once a second: is there room on its disk, and are the files still there that the service has open?
 * A deleted file can be written and flushed for as long as somebody has it open, so nothing else would tell.
 */
export class DataFolder implements DiskRoom {
  readonly #deps: Required<DataFolderDeps>;
  /** Of each watched file what makes it this one. bounded by: what the service opens at its start */
  readonly #watched: (Watched & { identity: string })[] = [];
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | null = null;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #room: Room | null = null;
  /** bounded by: what is watched */
  #gone: string[] = [];
  #shortage: string | null = null;

  constructor(deps: DataFolderDeps) {
    this.#deps = { statfs, ...deps };
  }

  /** Keeps an eye on a file that is there now. @throws what `stat` throws when it is not */
  async watch(watched: Watched): Promise<void> {
    this.#watched.push({ ...watched, identity: await identityOf(watched.path) });
  }

  /** Looks every second from now on, so that the log tells of what happens while nobody asks. */
  start(): void {
    this.#timer ??= setInterval(() => void this.#fresh(), LOOK_EVERY_MS).unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
  }

  async shortage(wanted = 0): Promise<string | null> {
    await this.#fresh();
    if (this.#gone.length > 0) return `gone from the data folder: ${this.#gone.join(' and ')}`;
    // A disk that does not answer has no room that one could count on.
    if (this.#room === null) return 'the disk of the data folder does not answer';
    return shortageOf(this.#room, this.#deps.minFreeBytes, wanted);
  }

  /** Names of what was there and is not, or is another one, as of the last look: what is written to them is lost. */
  gone(): readonly string[] {
    return this.#gone;
  }

  /** As of the last look; null when it failed. */
  room(): Room | null {
    return this.#room;
  }

  /** Resolves when the last look is no older than a second, or the disk does not answer. There is one look at a time. */
  async #fresh(): Promise<void> {
    if (performance.now() - this.#lookedAt < LOOK_EVERY_MS) return;
    this.#looking ??= this.#look().finally(() => {
      this.#looking = null;
    });
    const late = Promise.withResolvers<void>();
    const timer = setTimeout(() => {
      this.#room = null;
      late.resolve();
    }, PATIENCE_MS);
    await Promise.race([this.#looking, late.promise]);
    clearTimeout(timer);
  }

  async #look(): Promise<void> {
    const room = await this.#deps.statfs(this.#deps.folder).then(roomOf, () => null);
    const gone: string[] = [];
    for (const { name, path, identity } of this.#watched) {
      if ((await identityOf(path).catch(() => null)) !== identity) gone.push(name);
    }
    this.#lookedAt = performance.now();
    this.#room = room;
    this.#tell(gone, room && shortageOf(room, this.#deps.minFreeBytes));
    this.#gone = gone;
  }

  /** To the log when something has changed. */
  #tell(gone: string[], shortage: string | null): void {
    const { log, folder } = this.#deps;
    if (gone.join() !== this.#gone.join()) {
      if (gone.length === 0) log.warn({ folder }, 'what was gone of the data folder is back');
      else log.error({ folder, gone }, `${gone.join(' and ')}: gone or replaced; nothing is acknowledged`);
    }
    if (shortage === this.#shortage) return;
    this.#shortage = shortage;
    if (shortage !== null) log.warn({ ...this.#room }, `${shortage}: uploads and tasks wait`);
    else log.warn({ ...this.#room }, 'there is room on the disk of the data folder again');
  }
}

async function identityOf(path: string): Promise<string> {
  const { dev, ino } = await stat(path, { bigint: true });
  return `${dev}/${ino}`;
}
