import assert from 'node:assert/strict';
import { test } from 'node:test';
import { silentLogger } from '../common/log.ts';
import { type Census, createMetrics, registerCensus } from './index.ts';

const NOW = 1_700_000_000_000;
const CENSUS: Census = {
  flows: { waiting: 2, processing: 1, finished: 7 },
  oldestWaitingFlowAt: NOW - 90_000,
  eventsWaiting: 3,
  eventsSetAside: 1,
  oldestEventAt: null,
  openUploads: 4,
  storedBytes: { '1250000001': 7 },
};

function metricsOf(read: () => Promise<Census>, clock = () => NOW) {
  const { registry } = createMetrics();
  registerCensus(registry, { read, clock, log: silentLogger });
  return async () =>
    (await registry.metrics())
      .split('\n')
      .filter((line) => /^openvod_(task_(flows\{|o)|event|up|stored)/.test(line));
}

test('what lies in the database is told by state, and ages in seconds', async () => {
  assert.deepEqual(await metricsOf(async () => CENSUS)(), [
    'openvod_task_flows{status="waiting"} 2',
    'openvod_task_flows{status="processing"} 1',
    'openvod_task_flows{status="finished"} 7',
    'openvod_task_oldest_waiting_seconds 90',
    'openvod_events{status="waiting"} 3',
    'openvod_events{status="set_aside"} 1',
    'openvod_event_oldest_seconds 0',
    'openvod_uploads_open 4',
    'openvod_stored_bytes{application="1250000001"} 7',
  ]);
});

test('however often it is asked for, the database is counted once in five seconds', async () => {
  let now = NOW;
  let reads = 0;
  const read = async () => {
    reads++;
    return CENSUS;
  };
  const metrics = metricsOf(read, () => now);
  await Promise.all([metrics(), metrics()]);
  await metrics();
  assert.equal(reads, 1);
  now += 5000;
  await metrics();
  assert.equal(reads, 2);
});

test('a database that does not answer takes no other metric with it, and none has an old value', async () => {
  let away = false;
  let now = NOW;
  const { registry } = createMetrics();
  const read = () => (away ? Promise.reject(new Error('away')) : Promise.resolve(CENSUS));
  registerCensus(registry, { read, clock: () => now, log: silentLogger });
  await registry.metrics();
  away = true;
  now += 5000;
  const text = await registry.metrics();
  assert.match(text, /^process_cpu_seconds_total \d/m);
  assert.doesNotMatch(text, /^openvod_(task_flows\{|task_oldest|events\{|event_oldest|uploads_open)\S* \d/m);
});
