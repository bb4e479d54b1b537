import { Worker } from 'node:worker_threads';
import { BoundedQueue } from '../../common/bounds/bounded-queue.ts';
import { MediaError } from '../errors.ts';
import type { MediaInfo } from '../media-info.ts';
import type { ProbeOptions } from '../probe.ts';
import type { ProbeAnswer, ProbeOrder } from './probe-thread.ts';

/** At once: a hostile file may let each take a core, and the memory that media/process.ts allows. */
const AT_ONCE = 4;
/** Files that wait for one. */
const MAY_WAIT = 500;

/**
 * Runs a few ffprobes at a time, from a thread of its own: to start a process holds up whoever does it, for tens of ms where
 * memory is large and processors are busy. The thread starts with the first file, and anew when it has crashed.
 */
export class Ffprobes {
  readonly #queue: BoundedQueue;
  /** bounded by: the queue, of which they are what runs */
  readonly #running = new Map<number, PromiseWithResolvers<MediaInfo>>();
  #worker: Worker | null = null;
  #last = 0;
  #isClosed = false;

  /** Other values than the defaults are for tests. */
  constructor({ atOnce = AT_ONCE, mayWait = MAY_WAIT } = {}) {
    this.#queue = new BoundedQueue('files to be probed', { atOnce, mayWait });
  }

  /** How many run, and how many files wait for one. */
  get load(): { running: number; waiting: number } {
    return { running: this.#queue.running, waiting: this.#queue.waiting };
  }

  /** As `probe`. @throws what that throws; Refused `service.busy` when too many wait */
  probe(file: string, options: ProbeOptions = {}): Promise<MediaInfo> {
    return this.#queue.run(() => this.#ask(file, options), options.signal);
  }

  /** Ends the ffprobes that run, and the thread. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const running = [...this.#running.values()].map(({ promise }) => promise);
    for (const id of this.#running.keys()) this.#worker?.postMessage({ stop: id } satisfies ProbeOrder);
    await Promise.allSettled(running);
    await this.#worker?.terminate();
  }

  async #ask(file: string, { signal, ...options }: ProbeOptions): Promise<MediaInfo> {
    signal?.throwIfAborted();
    if (this.#isClosed) throw interrupted('the server is stopping');
    const id = ++this.#last;
    const answer = Promise.withResolvers<MediaInfo>();
    const worker = this.#thread();
    const stop = () => worker.postMessage({ stop: id } satisfies ProbeOrder);
    this.#running.set(id, answer);
    worker.ref();
    worker.postMessage({ id, file, options } satisfies ProbeOrder);
    signal?.addEventListener('abort', stop, { once: true });
    try {
      return await answer.promise;
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      signal?.removeEventListener('abort', stop);
      this.#running.delete(id);
      if (this.#running.size === 0) worker.unref();
    }
  }

  #thread(): Worker {
    if (this.#worker) return this.#worker;
    const worker = new Worker(new URL('./probe-thread.ts', import.meta.url));
    worker.on('message', (answer: ProbeAnswer) => this.#settle(answer));
    // An error is followed by the exit.
    worker.on('error', (error) => this.#fail(worker, error.message));
    worker.on('exit', () => this.#fail(worker, 'the thread that probes has ended'));
    this.#worker = worker;
    return worker;
  }

  #settle(answer: ProbeAnswer): void {
    const asked = this.#running.get(answer.id);
    if ('info' in answer) asked?.resolve(answer.info);
    else if ('fault' in answer) asked?.reject(new MediaError(answer.fault, answer.message, answer));
    else asked?.reject(new Error(answer.message));
  }

  /** Nothing is known against the files at hand: their probes may be asked for again. */
  #fail(worker: Worker, why: string): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    for (const { reject } of this.#running.values()) reject(interrupted(why));
  }
}

function interrupted(why: string): MediaError {
  return new MediaError({ stage: 'probe', reason: 'interrupted' }, why, { transient: true });
}
