/** The thread behind `Hasher`: hashes what it is sent, in the order in which it is sent. */
import { createHash, type Hash } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import { freeMemory } from '../../../common/free-memory.ts';
import { giveWay } from '../../../common/give-way.ts';

export type Algorithm = 'md5' | 'sha1';

export interface Order {
  stream: number;
  algorithm: Algorithm;
  /** Goes into the hash. */
  bytes?: Uint8Array;
  /** What to answer under; without, there is no answer. */
  id?: number;
  /** Answer the hash of all so far. */
  digest?: true;
  /** Forget the stream. */
  end?: true;
}

/** `hex` of a digest, else empty. */
export interface Done {
  id: number;
  hex: string;
}

/** bounded by: uploads that are remembered, and parts that come in */
const streams = new Map<number, Hash>();

giveWay();

parentPort?.on('message', ({ stream, algorithm, bytes, id, digest, end }: Order) => {
  const hash = streams.get(stream) ?? createHash(algorithm);
  if (bytes) {
    hash.update(bytes);
    // All of it is this thread's own, also where the bytes are a part of it.
    freeMemory(new Uint8Array(bytes.buffer));
  }
  const hex = digest ? (end ? hash : hash.copy()).digest('hex') : '';
  if (end) streams.delete(stream);
  else streams.set(stream, hash);
  if (id !== undefined) parentPort?.postMessage({ id, hex } satisfies Done);
});
