import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { appendFile, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Clock } from '../../common/clocks/clock.ts';
import type { Logger } from '../../common/log.ts';
import { type Access, accessLine, hourOf } from './line.ts';

const FLUSH_MS = 1000;
const KEPT_MS = 30 * 24 * 3600_000;
/** What may wait for a disk that hangs; more is dropped and counted, as delivery must go on. */
const MAX_WAITING_BYTES = 32 * 1024 ** 2;
/** `Host` is what the client says: it must not fill the folder with files. */
const MAX_DOMAINS = 64;
const NO_DOMAIN = 'other';

/** Whether who reads the files as they grow has read this one to its end: its name, and its length in bytes. */
export type IsRead = (name: string, bytes: number) => Promise<boolean>;

/**
 * Writes `<YYYYMMDDHH>_<domain>.log` into a folder: requests by the hour they ended in. Files of past hours are
 * compressed, and go after 30 days. A name that was compressed is never written again, so that who reads along can go by names
 * and positions; nor is a line that a killed process left half ever taken for the beginning of another.
 */
export class AccessLog {
  readonly #folder: string;
  readonly #clock: Clock;
  readonly #log: Logger;
  /** Lines by domain. */
  #waiting = new Map<string, string[]>([[NO_DOMAIN, []]]);
  #waitingBytes = 0;
  #dropped = 0;
  #isFailing = false;
  #tidiedHour = '';
  readonly #isRead: IsRead;
  /** Files that end with a whole line. bounded by: domains of an hour */
  readonly #whole = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #working: Promise<void> = Promise.resolve();

  /** @param deps `isRead` is asked before a file is compressed; nobody is when left out */
  constructor(deps: { folder: string; clock: Clock; log: Logger; isRead?: IsRead | undefined }) {
    this.#isRead = deps.isRead ?? (async () => true);
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
    const line = accessLine(access);
    if (this.#waitingBytes + line.length > MAX_WAITING_BYTES) {
      this.#dropped += 1;
      return;
    }
    this.#waitingBytes += line.length;
    this.#linesOf(access.domain).push(line);
  }

  #linesOf(domain: string): string[] {
    const known = this.#waiting.get(domain);
    if (known) return known;
    if (!isDomain(domain) || this.#waiting.size >= MAX_DOMAINS) return this.#linesOf(NO_DOMAIN);
    const lines: string[] = [];
    this.#waiting.set(domain, lines);
    return lines;
  }

  /** One flush at a time, in order. Never rejects: that the log cannot be written is told of once, and it goes on. */
  flush(): Promise<void> {
    this.#working = this.#working.then(() => this.#flush());
    return this.#working;
  }

  async #flush(): Promise<void> {
    try {
      await this.#write();
      this.#isFailing = false;
      const hour = hourOf(this.#clock());
      if (hour !== this.#tidiedHour && (await this.#tidy(hour))) this.#tidiedHour = hour;
    } catch (error) {
      if (this.#isFailing) return;
      this.#isFailing = true;
      this.#log.error({ err: error }, 'the access log cannot be written: lines are lost until it can');
    }
  }

  async #write(): Promise<void> {
    const waiting = this.#waiting;
    const dropped = this.#dropped;
    this.#waiting = new Map([[NO_DOMAIN, []]]);
    this.#waitingBytes = 0;
    this.#dropped = 0;
    if (dropped > 0)
      this.#log.error({ dropped }, 'lines of the access log were dropped: the disk is too slow');
    const hour = hourOf(this.#clock());
    // Not what is above it: a data folder that was taken away must not seem to be there.
    await mkdir(this.#folder, { mode: 0o700 }).catch(unlessItIsThere);
    for (const [domain, lines] of waiting) {
      if (lines.length === 0) continue;
      await this.#append(freeName(path.join(this.#folder, `${hour}_${domain}`)), lines.join(''));
    }
  }

  async #append(file: string, text: string): Promise<void> {
    const first = this.#whole.delete(file) || (await endsWhole(file)) ? '' : '\n';
    await appendFile(file, first + text, { mode: 0o600 });
    this.#whole.add(file);
  }

  /** Resolves to whether there is nothing more to do before the next hour. */
  async #tidy(hour: string): Promise<boolean> {
    this.#whole.clear();
    let isDone = true;
    const oldest = hourOf(this.#clock() - KEPT_MS);
    for (const name of await readdir(this.#folder).catch(() => [])) {
      const written = /^(\d{10})_.*\.log(\.gz)?$/.exec(name);
      if (!written) continue;
      const file = path.join(this.#folder, name);
      if (written[1]! < oldest) await rm(file, { force: true });
      else if (written[1]! < hour && !written[2]) {
        if (await this.#isRead(name, (await stat(file)).size)) await compress(file);
        else isDone = false;
      }
    }
    return isDone;
  }
}

/** An hour may come twice, because the clock went back: what was compressed of it is not written again. */
function freeName(base: string): string {
  let file = `${base}.log`;
  for (let part = 2; existsSync(`${file}.gz`); part++) file = `${base}_${part}.log`;
  return file;
}

/** Whether a file, which need not be there, ends with the end of a line: a kill or a full disk may have cut the last one short. */
async function endsWhole(file: string): Promise<boolean> {
  if (!existsSync(file)) return true;
  await using handle = await open(file);
  const { size } = await handle.stat();
  if (size === 0) return true;
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] === 0x0a;
}

/** Through a temporary name, so that no half file is ever taken for a whole one; a kill in between only makes it be done again. */
async function compress(file: string): Promise<void> {
  const temporary = `${file}.gz.tmp`;
  await pipeline(createReadStream(file), createGzip(), createWriteStream(temporary, { mode: 0o600 }));
  await rename(temporary, `${file}.gz`);
  await rm(file);
}

function unlessItIsThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

function isDomain(text: string): boolean {
  return /^[a-z0-9.-]{1,100}$/.test(text);
}
