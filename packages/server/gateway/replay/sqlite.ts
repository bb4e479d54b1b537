import type { Clock } from '../../common/clocks/clock.ts';
import { Refused } from '../../common/faults/refused.ts';
import type { Logger } from '../../common/log.ts';
import { ByteList } from './byte-list.ts';
import { ClaimFile, isOfTheDisk } from './claim-file.ts';
import { digestOf } from './digest.ts';
import { FingerprintSet } from './fingerprints.ts';
import type { NonceStore } from './store.ts';

const FINGERPRINT_BYTES = 8;
/** The most memory that one takes, when its table has just doubled. Bytes. */
const REMEMBERED_BYTES = 22;
/** Signatures are kept and forgotten together with those whose Timestamp falls into the same ten minutes. */
const GENERATION_MS = 600_000;
const SWEEP_MS = 60_000;
const SWEEP_ROWS = 500;
/** How often a file that cannot be written is tried again, ms. */
const TRY_AGAIN_MS = 1000;

interface Waiting {
  /** Fingerprints, 8 bytes each. */
  fingerprints: Buffer[];
  written: PromiseWithResolvers<void>;
}

/**
 * Signatures in memory, by generation, and in a SQLite file that only ever grows at its end: all calls of one turn of
 * the event loop share one row and one commit, so the store keeps up with any number of calls a second.
 *
 * The file is not the main database because its commits need no fsync: what a killed process wrote is with the
 * operating system, and after a power cut the last moment's calls may be replayed at worst.
 *
 * A disk that is full or fails must not stop every call: memory alone keeps replays out then, and what could not be written
 * is written when the disk takes it again. Only what is in no file when the process ends may be replayed to the next one. A
 * process that cannot even read the file takes no call that was signed before its own start, until it can.
 */
export class SqliteNonceStore implements NonceStore {
  /** bounded by: the window, ten minutes each; what all of them hold together, `#most` */
  readonly #generations = new Map<number, FingerprintSet>();
  /** bounded by: the window, and connections, of which each has one call under way */
  readonly #waiting = new Map<number, Waiting>();
  /** What the disk did not take. bounded by: generations, as above */
  readonly #unwritten = new Map<number, ByteList>();
  readonly #dataDir: string;
  readonly #windowMs: number;
  readonly #most: number;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #openedAt: number;
  readonly #sweeper: NodeJS.Timeout;
  /** Null while the disk does not let us have it. */
  #file: ClaimFile | null = null;
  #flushing: NodeJS.Immediate | null = null;
  #isTold = false;
  /** Set while the disk is at fault. */
  #tryingAgain: NodeJS.Timeout | null = null;

  /** `memoryBytes` is what may be remembered takes at most. */
  constructor(
    dataDir: string,
    { windowMs, memoryBytes }: { windowMs: number; memoryBytes: number },
    clock: Clock,
    log: Logger,
  ) {
    this.#most = memoryBytes / REMEMBERED_BYTES;
    this.#dataDir = dataDir;
    this.#windowMs = windowMs;
    this.#clock = clock;
    this.#log = log;
    // As exact as a Timestamp.
    this.#openedAt = Math.floor(clock() / 1000) * 1000;
    this.#withDisk(() => this.#open());
    this.#sweeper = setInterval(() => this.#sweep(), SWEEP_MS).unref();
  }

  async claim(secretId: string, signature: string, issuedAt: number): Promise<boolean> {
    if (this.#file === null && issuedAt < this.#openedAt) return false;
    if (this.remembered >= this.#most) throw tooMany();
    const generation = Math.floor(issuedAt / GENERATION_MS);
    const digest = digestOf(secretId, signature);
    if (!this.#remember(generation, digest, 0)) return false;
    let waiting = this.#waiting.get(generation);
    if (!waiting) {
      waiting = { fingerprints: [], written: Promise.withResolvers() };
      this.#waiting.set(generation, waiting);
    }
    waiting.fingerprints.push(digest.subarray(0, FINGERPRINT_BYTES));
    this.#flushing ??= setImmediate(() => this.#flush());
    await waiting.written.promise;
    return true;
  }

  get remembered(): number {
    let sum = 0;
    for (const { size } of this.#generations.values()) sum += size;
    return sum;
  }

  async close(): Promise<void> {
    clearInterval(this.#sweeper);
    if (this.#flushing) clearImmediate(this.#flushing);
    this.#flush();
    if (this.#tryingAgain) {
      clearTimeout(this.#tryingAgain);
      this.#withDisk(() => this.#writeUnwritten());
    }
    if (this.#tryingAgain) clearTimeout(this.#tryingAgain);
    this.#file?.close();
  }

  #remember(generation: number, bytes: Uint8Array, offset: number): boolean {
    let known = this.#generations.get(generation);
    if (!known) {
      known = new FingerprintSet();
      this.#generations.set(generation, known);
    }
    return known.add({ high: uint32At(bytes, offset), low: uint32At(bytes, offset + 4) });
  }

  #flush(): void {
    this.#flushing = null;
    // Nearly always one row, as clients' clocks agree on the ten minutes.
    for (const [generation, { fingerprints, written }] of this.#waiting) {
      try {
        this.#write(generation, Buffer.concat(fingerprints));
        written.resolve();
      } catch (error) {
        written.reject(error);
      }
    }
    this.#waiting.clear();
  }

  #write(generation: number, fingerprints: Buffer): void {
    const file = this.#tryingAgain === null ? this.#file : null;
    if (file && this.#withDisk(() => file.write(generation, fingerprints))) return;
    const unwritten = this.#unwritten.get(generation) ?? new ByteList();
    unwritten.add(fingerprints);
    this.#unwritten.set(generation, unwritten);
  }

  /** True when done; false when the disk is at fault, which is tried again. */
  #withDisk(work: () => void): boolean {
    try {
      work();
      return true;
    } catch (error) {
      if (!isOfTheDisk(error)) throw error;
      this.#later(error);
      return false;
    }
  }

  #later(error: unknown): void {
    const words = 'used signatures cannot be written down: only the memory of this process keeps replays out';
    if (!this.#isTold) this.#log.warn({ err: error }, words);
    this.#isTold = true;
    this.#tryingAgain = setTimeout(() => this.#tryAgain(), TRY_AGAIN_MS).unref();
  }

  #tryAgain(): void {
    this.#tryingAgain = null;
    try {
      if (!this.#withDisk(() => this.#writeUnwritten())) return;
      this.#isTold = false;
      this.#log.warn('used signatures are written down again');
    } catch (error) {
      this.#log.error({ err: error }, 'used signatures cannot be written down');
      this.#tryingAgain = setTimeout(() => this.#tryAgain(), SWEEP_MS).unref();
    }
  }

  #writeUnwritten(): void {
    const file = this.#open();
    for (const [generation, fingerprints] of this.#unwritten) {
      file.write(generation, fingerprints.bytes);
      this.#unwritten.delete(generation);
    }
  }

  /** Opens the file, and remembers what is in it, unless that is done. */
  #open(): ClaimFile {
    if (this.#file) return this.#file;
    const file = new ClaimFile(this.#dataDir);
    try {
      for (const { generation, fingerprints } of file.rows()) {
        for (let at = 0; at < fingerprints.length; at += FINGERPRINT_BYTES) {
          this.#remember(generation, fingerprints, at);
        }
      }
    } catch (error) {
      file.close();
      throw error;
    }
    this.#file = file;
    return file;
  }

  /** Forgets generations whose every Timestamp has left the window; from the file a few rows at a time. */
  #sweep(): void {
    const oldest = Math.floor((this.#clock() - this.#windowMs) / GENERATION_MS);
    for (const known of [this.#generations, this.#unwritten]) {
      for (const generation of known.keys()) if (generation < oldest) known.delete(generation);
    }
    try {
      const more = this.#file?.deleteBefore(oldest, SWEEP_ROWS);
      if (more) setImmediate(() => this.#file?.isOpen && this.#sweep());
    } catch (error) {
      this.#log.warn({ err: error }, 'old signatures could not be deleted; trying again in a minute');
    }
  }
}

function tooMany(): Refused {
  return new Refused('service.busy', 'too many calls were signed within the replay window, try again later');
}

function uint32At(bytes: Uint8Array, offset: number): number {
  const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(offset, offset + 4);
  return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
}
