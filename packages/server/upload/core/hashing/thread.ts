/** The thread behind `Hasher`: hashes what it is sent, in the order in which it is sent. */
import { createHash, type Hash } from 'node:crypto';
import { parentPort } from 'node:worker_threads';

export type Order =
  | { kind: 'md5'; id: number; bytes: Uint8Array }
  | { kind: 'update'; id: number; stream: number; bytes: Uint8Array }
  | { kind: 'digest'; id: number; stream: number }
  | { kind: 'end'; stream: number };

/** `hex` of a digest, empty for an update. */
export interface Done {
  id: number;
  hex: string;
}

const streams = new Map<number, Hash>();

parentPort?.on('message', (order: Order) => {
  if (order.kind === 'end') streams.delete(order.stream);
  else parentPort?.postMessage({ id: order.id, hex: answer(order) } satisfies Done);
});

function answer(order: Exclude<Order, { kind: 'end' }>): string {
  if (order.kind === 'md5') return createHash('md5').update(order.bytes).digest('hex');
  const hash = streams.get(order.stream) ?? createHash('sha1');
  streams.set(order.stream, hash);
  if (order.kind === 'digest') return hash.copy().digest('hex');
  hash.update(order.bytes);
  return '';
}
