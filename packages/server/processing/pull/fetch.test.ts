import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createOutbound } from '../../common/outbound/outbound.ts';
import { fetchInto } from './fetch.ts';
import { PULL_LIMITS } from './limits.ts';
import { type Origin, startOrigin } from './testing/origin.ts';

let origin: Origin;
before(async () => {
  origin = await startOrigin();
});
after(() => origin.stop());

test('a connection that breaks while the file is begun is a fault like any other, and tried again', {
  timeout: 60_000,
}, async () => {
  const closed = Promise.withResolvers<void>();
  let answers = 0;
  const url = origin.on('/breaks', (request, response) => {
    answers += 1;
    response.writeHead(200, { 'content-length': 4 });
    if (answers > 1) return void response.end('film');
    void once(request.socket, 'close').then(() => closed.resolve());
    response.flushHeaders();
    setTimeout(() => request.socket.destroy(), 20);
  });
  const chunks: Uint8Array[] = [];
  const sink = {
    known: () => ({ offset: Buffer.concat(chunks).length, validator: null }),
    async begin() {
      await closed.promise;
      // Until this side has noticed, too.
      await sleep(100);
    },
    async write(more: readonly Uint8Array[]) {
      chunks.push(...more);
    },
  };
  await fetchInto(url, sink, {
    outbound: createOutbound({ allowPrivate: true }),
    disk: { shortage: async () => null },
    limits: { ...PULL_LIMITS, retryMs: 1 },
    signal: new AbortController().signal,
  });
  assert.deepEqual([Buffer.concat(chunks).toString(), answers], ['film', 2]);
});
