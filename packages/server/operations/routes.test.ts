import assert from 'node:assert/strict';
import { test } from 'node:test';
import fastify from 'fastify';
import { silentLogger } from '../common/log.ts';
import type { Gauged } from './gauges.ts';
import {
  createMetrics,
  type Dependency,
  registerGauges,
  registerOperations,
  registerPlaybackGauges,
} from './index.ts';

const NOTHING: Gauged = {
  disk: () => null,
  minFreeBytes: 0,
  connections: () => null,
  clients: () => 0,
  outages: () => [],
  running: () => ({ work: 0, transfer: 0 }),
};

function appWith(dependencies: Dependency[]) {
  const app = fastify();
  const metrics = createMetrics();
  registerOperations(app, { dependencies, registry: metrics.registry, log: silentLogger });
  return { app, metrics };
}

test('a process that answers is alive, whatever its dependencies do', async () => {
  const { app } = appWith([{ name: 'database', check: () => Promise.reject(new Error('down')) }]);
  assert.equal((await app.inject('/healthz')).statusCode, 200);
});

test('it is ready when every dependency answers', async () => {
  const { app } = appWith([{ name: 'database', check: async () => {} }]);
  assert.equal((await app.inject('/readyz')).statusCode, 200);
});

test('it is not ready when one fails, and names it without the reason', async () => {
  const { app } = appWith([{ name: 'storage', check: () => Promise.reject(new Error('secret bucket')) }]);
  const answer = await app.inject('/readyz');
  assert.equal(answer.statusCode, 503);
  assert.deepEqual(answer.json().failing, ['storage']);
  assert.doesNotMatch(answer.body, /secret/);
});

test('metrics count calls by action and code, tasks by their result, and connections that were ended', async () => {
  const { app, metrics } = appWith([]);
  metrics.countCall('DescribeVodPlayUrls', 0, 3);
  metrics.countFlow('transcode', 'probe/damaged');
  metrics.countFlow('pull', 'success');
  metrics.countPulled(1000);
  metrics.countStatisticsFile('plays');
  metrics.countDropped('stalled');
  registerPlaybackGauges(metrics.registry, () => ({
    ...{ inFlightBytes: 1, waiting: 2, catalogBytes: 3, segmentCacheBytes: 4 },
  }));
  const { body } = await app.inject('/metrics');
  assert.match(body, /openvod_calls_total\{action="DescribeVodPlayUrls",code="0"\} 1/);
  assert.match(body, /openvod_task_flows_ended_total\{kind="transcode",result="probe\/damaged"\} 1/);
  assert.match(body, /openvod_task_flows_ended_total\{kind="pull",result="success"\} 1/);
  assert.match(body, /^openvod_pulled_bytes_total 1000$/m);
  assert.match(body, /openvod_statistics_files_written_total\{kind="plays"\} 1/);
  assert.match(body, /openvod_connections_dropped_total\{reason="stalled"\} 1/);
  assert.match(body, /^openvod_playback_in_flight_bytes 1$/m);
  assert.match(body, /^openvod_playback_waiting_readers 2$/m);
  assert.match(body, /^openvod_playback_catalogue_bytes 3$/m);
  assert.match(body, /^openvod_playback_cache_bytes 4$/m);
});

test('metrics say what tasks wait for, and that they wait for nothing', async () => {
  const { app, metrics } = appWith([]);
  let ongoing: { outage: 'storage'; ms: number }[] = [{ outage: 'storage', ms: 1500 }];
  registerGauges(metrics.registry, { ...NOTHING, outages: () => ongoing });
  const value = async () =>
    /openvod_outage_seconds\{outage="storage"\} (.*)/.exec((await app.inject('/metrics')).body)?.[1];
  assert.equal(await value(), '1.5');
  ongoing = [];
  assert.equal(await value(), '0');
});

test('metrics say what is free on the disk, and NaN when nobody knows', async () => {
  const { app, metrics } = appWith([]);
  let room: { freeBytes: number; freeFiles: number | null } | null = { freeBytes: 5, freeFiles: null };
  registerGauges(metrics.registry, { ...NOTHING, disk: () => room, minFreeBytes: 1024 });
  const before = (await app.inject('/metrics')).body;
  assert.match(before, /openvod_disk_free_bytes 5\n/);
  assert.match(before, /openvod_disk_free_files Nan\n/i);
  assert.match(before, /openvod_disk_min_free_bytes 1024\n/);
  room = null;
  assert.match((await app.inject('/metrics')).body, /openvod_disk_free_bytes Nan\n/i);
});
