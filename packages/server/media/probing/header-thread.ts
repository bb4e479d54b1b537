import { Worker } from 'node:worker_threads';
import type { Reading } from './thread.ts';

/** A file of any length takes a few ms; more than this, ms, is a file made to take long, or a disk that hangs. */
const MAX_MS = 2000;
/**
 * Heap of the thread. Only for a fault that nobody thought of: the readers keep no list that grows with the file, and
 * ByteFile counts what they read.
 */
const limits = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 8 };
/** Files that wait for their turn. Beyond, ffprobes run beside. */
const MAX_WAITING = 64;

interface Order {
  path: string;
  answer(reading: Reading): void;
}

/**
 * Reads headers in a thread of its own, so that a large or hostile file neither holds up the service nor takes its
 * memory. The thread starts with `start` or the first file, and anew when it has crashed or was ended for taking too long.
 */
export class HeaderThread {
  readonly #entry: URL;
  readonly #maxMs: number;
  /** bounded by: MAX_WAITING */
  readonly #waiting: Order[] = [];
  #worker: Worker | null = null;
  #current: Order | null = null;
  #limit: NodeJS.Timeout | undefined;
  #isClosed = false;

  /** Other values than the defaults are for tests. */
  constructor({ entry = new URL('./thread.ts', import.meta.url), maxMs = MAX_MS } = {}) {
    this.#entry = entry;
    this.#maxMs = maxMs;
  }

  /** Starts the thread, so that the first file need not wait for that. */
  start(): void {
    if (this.#isClosed || this.#worker) return;
    this.#worker = this.#start();
    this.#worker.unref();
  }

  /** Never rejects: what the thread cannot answer, for whatever reason, is a doubt. */
  read(path: string): Promise<Reading> {
    if (this.#isClosed) return Promise.resolve({ headers: null, doubt: 'closed' });
    if (this.#waiting.length >= MAX_WAITING)
      return Promise.resolve({ headers: null, doubt: 'too many wait' });
    return new Promise((answer) => {
      this.#waiting.push({ path, answer });
      this.#next();
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const worker = this.#worker;
    this.#settle({ headers: null, doubt: 'closed' });
    for (const { answer } of this.#waiting.splice(0)) answer({ headers: null, doubt: 'closed' });
    this.#worker = null;
    await worker?.terminate();
  }

  #next(): void {
    if (this.#current) return;
    const order = this.#waiting.shift();
    if (!order) return;
    this.#current = order;
    this.#worker ??= this.#start();
    // The process stays alive only while somebody waits.
    this.#worker.ref();
    this.#limit = setTimeout(() => this.#giveUp('it took too long'), this.#maxMs);
    this.#worker.postMessage(order.path);
  }

  #start(): Worker {
    const worker = new Worker(this.#entry, { resourceLimits: limits });
    const ended = (doubt: string) => {
      if (this.#worker === worker) this.#giveUp(doubt);
    };
    worker.on('message', (reading: Reading) => {
      if (this.#worker === worker) this.#settle(reading);
    });
    worker.on('error', (error: Error) => ended(error.message));
    worker.on('exit', () => ended('the thread ended'));
    return worker;
  }

  /** The file at hand goes to ffprobe, the next one to a new thread. */
  #giveUp(doubt: string): void {
    const worker = this.#worker;
    this.#worker = null;
    // It may be busy for ever; nobody waits for its end.
    void worker?.terminate();
    this.#settle({ headers: null, doubt });
  }

  #settle(reading: Reading): void {
    clearTimeout(this.#limit);
    const order = this.#current;
    this.#current = null;
    this.#worker?.unref();
    order?.answer(reading);
    if (!this.#isClosed) this.#next();
  }
}
