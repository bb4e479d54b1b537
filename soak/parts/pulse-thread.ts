/**
 * Signed calls at a steady pace, in a thread of its own so that the campaign's own work is not measured. Each is sent at its
 * time, whether those before it were answered or not.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { createCaller } from '../../e2e/testing/caller.ts';
import type { Beats, PulseData } from './pulse.ts';

const { url, perSecond } = workerData as PulseData;
const call = createCaller(url);
const beats: Beats = { times: [], faults: [] };
const underWay = new Set<Promise<void>>();
let stopped = false;

parentPort!.once('message', () => {
  stopped = true;
});

async function beat(): Promise<void> {
  const startedAt = performance.now();
  try {
    const { code, message } = await call('DescribeAllClass');
    if (code === 0) beats.times.push(performance.now() - startedAt);
    else beats.faults.push(`${code} ${message}`);
  } catch (error) {
    const { message, cause } = error as Error;
    beats.faults.push(`${message} ${cause instanceof Error ? cause.message : ''}`);
  }
}

const startedAt = performance.now();
for (let sent = 0; !stopped; sent++) {
  const due = startedAt + (sent * 1000) / perSecond - performance.now();
  if (due > 0) await sleep(due);
  const one = beat().finally(() => underWay.delete(one));
  underWay.add(one);
}
await Promise.all(underWay);
parentPort!.postMessage(beats);
