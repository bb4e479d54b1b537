/** Hashes for `hand-written.ts`. */
import { createHash } from 'node:crypto';
import { parentPort } from 'node:worker_threads';

type Order = { id: number } & ({ kind: 'md5' | 'update'; bytes: Uint8Array } | { kind: 'sha1' });

let whole = createHash('sha1');
parentPort!.on('message', (order: Order) => {
  let hex = '';
  if (order.kind === 'md5') hex = createHash('md5').update(order.bytes).digest('hex');
  else if (order.kind === 'update') whole.update(order.bytes);
  else {
    hex = whole.digest('hex');
    whole = createHash('sha1');
  }
  parentPort!.postMessage({ id: order.id, hex });
});
