import { Worker } from 'node:worker_threads';
import type { Done, Order } from './thread.ts';

/** A SHA-1 in the making. Calls take effect in their order. */
export interface Sha1Stream {
  /** Resolves when `bytes` are in the hash, and not needed any more. Rejects when the hash is lost. */
  update(bytes: Uint8Array): Promise<void>;
  /** Of all so far, lower-case hex; more may follow. Rejects when the hash is lost. */
  hex(): Promise<string>;
  /** Frees it. */
  end(): void;
}

/**
 * Hashes in a thread of its own, because half the work of an upload is hashing and the main thread has the other half
 * to do. Bytes in shared memory are read where they are, others are copied. The thread starts with the first order
 * and keeps the process alive only while somebody waits.
 */
export class Hasher {
  #worker: Worker | null = null;
  #last = 0;
  readonly #waiting = new Map<number, PromiseWithResolvers<string>>();

  /** Lower-case hex. */
  md5(bytes: Uint8Array): Promise<string> {
    return this.#ask({ kind: 'md5', id: ++this.#last, bytes });
  }

  sha1(): Sha1Stream {
    const stream = ++this.#last;
    // The hash lives in one thread; another knows nothing of it.
    let home: Worker | null = null;
    const ask = (order: Order & { id: number }) => {
      home ??= this.#thread();
      if (home !== this.#worker) return Promise.reject(new Error('the hashing thread has ended'));
      return this.#ask(order);
    };
    return {
      update: async (bytes) => {
        await ask({ kind: 'update', id: ++this.#last, stream, bytes });
      },
      hex: () => ask({ kind: 'digest', id: ++this.#last, stream }),
      end: () => home?.postMessage({ kind: 'end', stream } satisfies Order),
    };
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  #ask(order: Order & { id: number }): Promise<string> {
    const settle = Promise.withResolvers<string>();
    const worker = this.#thread();
    this.#waiting.set(order.id, settle);
    worker.ref();
    worker.postMessage(order);
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
