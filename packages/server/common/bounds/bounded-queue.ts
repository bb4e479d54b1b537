import PQueue from 'p-queue';
import { Refused } from '../faults/refused.ts';

/**
 * Work that costs a process, a thread's time or a large buffer: so much of it at once, first come, first served. Whoever comes
 * while as much waits as may wait is refused, and a caller who leaves no longer waits.
 */
export class BoundedQueue {
  readonly #queue: PQueue;
  readonly #mayWait: number;
  readonly #what: string;

  /**
   * @param what is queued, for people: "files to be probed"
   * @param atOnce how much of it may run at a time
   * @param mayWait how much of it may wait beside
   */
  constructor(what: string, { atOnce, mayWait }: { atOnce: number; mayWait: number }) {
    // bounded by: `mayWait`
    this.#queue = new PQueue({ concurrency: atOnce });
    this.#mayWait = mayWait;
    this.#what = what;
  }

  get running(): number {
    return this.#queue.pending;
  }

  get waiting(): number {
    return this.#queue.size;
  }

  /**
   * Runs `work` when it is its turn; resolves and rejects as that does. The place in the queue is kept until it has really ended.
   * @param signal gives up waiting, and nothing else: work that has begun looks at it by itself
   * @throws Refused `service.busy` when too much waits; the signal's reason
   */
  async run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted();
    if (this.running >= this.#queue.concurrency && this.waiting >= this.#mayWait) {
      throw new Refused('service.busy', `too many ${this.#what} wait on this server, try again later`);
    }
    const leaving = new AbortController();
    const leave = () => leaving.abort(signal?.reason);
    signal?.addEventListener('abort', leave, { once: true });
    const stay = () => signal?.removeEventListener('abort', leave);
    const begin = () => {
      stay();
      return work();
    };
    return this.#queue.add(begin, { signal: leaving.signal }).finally(stay);
  }
}
