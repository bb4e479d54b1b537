import { Worker } from 'node:worker_threads';
import type { Algorithm, Done, Order } from './thread.ts';

/** A hash in the making. Calls take effect in their order. All but `push` reject when the hash is lost. */
export interface HashStream {
  /** Resolves when `bytes` are in the hash. Unless they are shared they belong to the hash from now on, and may not be used any more. */
  update(bytes: Uint8Array): Promise<void>;
  /** The same without an answer, which costs less: `bytes` are needed until a later call is answered. */
  push(bytes: Uint8Array): void;
  /** Of all so far, lower-case hex; more may follow. */
  hex(): Promise<string>;
  /** Of all so far and `bytes`, lower-case hex; frees it. */
  last(bytes: Uint8Array): Promise<string>;
  /** Frees it. */
  end(): void;
}

/**
 * Hashes in a thread of its own, because half the work of an upload is hashing and the main thread has the other half
 * to do. Bytes in shared memory are read where they are. The thread starts with the first order
 * and keeps the process alive only while somebody waits.
 */
export class Hasher {
  #worker: Worker | null = null;
  #last = 0;
  /** bounded by: the memory for parts, and uploads that are finished */
  readonly #waiting = new Map<number, PromiseWithResolvers<string>>();

  stream(algorithm: Algorithm): HashStream {
    const stream = ++this.#last;
    // The hash lives in one thread; another knows nothing of it.
    let home: Worker | null = null;
    const ask = (order: Partial<Order>, handOver: ArrayBuffer[] = []) => {
      home ??= this.#thread();
      if (home !== this.#worker) return Promise.reject(new Error('the hashing thread has ended'));
      return this.#ask({ ...order, stream, algorithm, id: ++this.#last }, handOver);
    };
    const tell = (order: Partial<Order>) => {
      home ??= this.#thread();
      home.postMessage({ ...order, stream, algorithm } satisfies Order);
    };
    return {
      update: async (bytes) => {
        await ask({ bytes }, ownMemoryOf(bytes));
      },
      push: (bytes) => tell({ bytes }),
      hex: () => ask({ digest: true }),
      last: (bytes) => ask({ bytes, digest: true, end: true }),
      end: () => {
        if (home) tell({ end: true });
      },
    };
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  #ask(order: Order & { id: number }, handOver: ArrayBuffer[]): Promise<string> {
    const settle = Promise.withResolvers<string>();
    const worker = this.#thread();
    this.#waiting.set(order.id, settle);
    worker.ref();
    worker.postMessage(order, handOver);
    return settle.promise;
  }

  #thread(): Worker {
    if (this.#worker) return this.#worker;
    const worker = new Worker(new URL('./thread.ts', import.meta.url));
    worker.on('message', ({ id, hex }: Done) => {
      this.#waiting.get(id)?.resolve(hex);
      this.#waiting.delete(id);
      if (this.#waiting.size === 0) worker.unref();
    });
    // An error is followed by the exit.
    worker.on('error', (error) => this.#fail(worker, error));
    worker.on('exit', () => this.#fail(worker, new Error('the hashing thread has ended')));
    this.#worker = worker;
    return worker;
  }

  /** Whoever waits begins anew, in another thread. */
  #fail(worker: Worker, error: unknown): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

/** The memory that holds these bytes and nothing else: it can be handed to a thread, which costs less than a copy. */
function ownMemoryOf({ buffer, byteLength }: Uint8Array): ArrayBuffer[] {
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : [];
}
