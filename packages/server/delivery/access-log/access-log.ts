import { createReadStream, createWriteStream } from 'node:fs';
import { appendFile, mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Clock } from '../../common/clock.ts';
import type { Logger } from '../../common/log.ts';
import { type Access, accessLine, hourOf } from './line.ts';

const FLUSH_MS = 1000;
const KEPT_MS = 30 * 24 * 3600_000;
/** What may wait for a disk that hangs; more is dropped and counted, as delivery must go on. */
const MAX_WAITING_LINES = 200_000;
/** `Host` is what the client says: it must not fill the folder with files. */
const MAX_DOMAINS = 64;

/**
 * Writes `<YYYYMMDDHH>_<domain>.log` into a folder: requests in the hour they ended. Files of past hours are
 * compressed, and go after 30 days.
 */
export class AccessLog {
  readonly #folder: string;
  readonly #clock: Clock;
  readonly #log: Logger;
  /** Lines by file name. */
  #waiting = new Map<string, string[]>();
  #waitingLines = 0;
  #dropped = 0;
  #tidiedHour = '';
  #timer: NodeJS.Timeout | undefined;
  #working: Promise<void> = Promise.resolve();

  constructor(deps: { folder: string; clock: Clock; log: Logger }) {
    this.#folder = deps.folder;
    this.#clock = deps.clock;
    this.#log = deps.log;
  }

  start(): void {
    this.#timer = setInterval(() => this.flush(), FLUSH_MS).unref();
    this.flush();
  }

  /** Writes what waits. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush();
  }

  add(access: Access): void {
    if (this.#waitingLines >= MAX_WAITING_LINES) {
      this.#dropped += 1;
      return;
    }
    this.#waitingLines += 1;
    const hour = hourOf(this.#clock());
    let name = fileName(hour, access.domain);
    if (!this.#waiting.has(name) && this.#waiting.size >= MAX_DOMAINS) name = fileName(hour, '');
    const lines = this.#waiting.get(name);
    if (lines) lines.push(accessLine(access));
    else this.#waiting.set(name, [accessLine(access)]);
  }

  /** One flush at a time, in order. Never rejects: a log that cannot be written is told of and goes on. */
  flush(): Promise<void> {
    this.#working = this.#working.then(() => this.#flush());
    return this.#working;
  }

  async #flush(): Promise<void> {
    try {
      await this.#write();
      const hour = hourOf(this.#clock());
      if (hour !== this.#tidiedHour) await this.#tidy(hour);
      this.#tidiedHour = hour;
    } catch (error) {
      this.#log.error({ err: error }, 'the access log cannot be written');
    }
  }

  async #write(): Promise<void> {
    const waiting = this.#waiting;
    const dropped = this.#dropped;
    this.#waiting = new Map();
    this.#waitingLines = 0;
    this.#dropped = 0;
    if (dropped > 0)
      this.#log.error({ dropped }, 'lines of the access log were dropped: the disk is too slow');
    if (waiting.size === 0) return;
    await mkdir(this.#folder, { recursive: true });
    for (const [name, lines] of waiting) await appendFile(path.join(this.#folder, name), lines.join(''));
  }

  async #tidy(hour: string): Promise<void> {
    const oldest = hourOf(this.#clock() - KEPT_MS);
    for (const name of await readdir(this.#folder).catch(() => [])) {
      const written = /^(\d{10})_.*\.log(\.gz)?$/.exec(name);
      if (!written) continue;
      const file = path.join(this.#folder, name);
      if (written[1]! < oldest) await rm(file, { force: true });
      else if (written[1]! < hour && !written[2]) await compress(file);
    }
  }
}

/** Through a temporary name, so that no half file is ever taken for a whole one. */
async function compress(file: string): Promise<void> {
  const temporary = `${file}.gz.tmp`;
  await pipeline(createReadStream(file), createGzip(), createWriteStream(temporary));
  await rename(temporary, `${file}.gz`);
  await rm(file);
}

function fileName(hour: string, domain: string): string {
  return `${hour}_${/^[a-z0-9.-]{1,100}$/.test(domain) ? domain : 'other'}.log`;
}
