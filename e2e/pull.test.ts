import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { type RunningService, startService } from './harness.ts';
import { uniqueClip } from './testing/clips.ts';
import { finished } from './testing/tasks.ts';

let clip: Uint8Array;
const origin = createServer((_request, response) => response.end(clip));

before(async () => {
  clip = await uniqueClip();
  origin.listen(0, '127.0.0.1');
  await once(origin, 'listening');
});
after(() => origin.close().closeAllConnections());

const address = () => `http://127.0.0.1:${(origin.address() as AddressInfo).port}/film`;
const pull = async (service: RunningService) =>
  service.call('MultiPullVodFile', {
    'pullset.1.url': address(),
    'pullset.1.fileName': 'film',
    'pullset.1.isTranscode': 1,
  });

test('a file is pulled, transcoded and plays', async () => {
  await using service = await startService({
    settings: { OPENVOD_PULL_ALLOW_PRIVATE: 'true', OPENVOD_TRANSCODE_DEFAULTS: '10' },
  });
  const { code, message, data } = await pull(service);
  assert.equal(code, 0, message);
  const [{ vodTaskId, fileId }] = data;
  const { data: told } = await finished(service.call, vodTaskId);
  assert.deepEqual([told.status, told.fileId], [0, fileId], told.message);
  const source = await fetch(told.fileUrl);
  assert.deepEqual(Buffer.from(await source.arrayBuffer()), Buffer.from(clip));
  await finished(service.call, told.transcodeTaskId);
  const { playSet } = await service.call('DescribeVodPlayUrls', { fileId });
  assert.deepEqual(playSet.map(({ definition }: { definition: number }) => definition).sort(), [0, 10]);
  const metrics = await (await fetch(`${service.url}/metrics`)).text();
  assert.match(metrics, new RegExp(`^openvod_pulled_bytes_total ${clip.length}$`, 'm'));
  assert.match(metrics, /^openvod_task_flows_ended_total\{kind="pull",result="success"\} 1$/m);
  assert.match(metrics, /^openvod_task_flows_running\{lane="transfer"\} 0$/m);
  assert.match(metrics, /^openvod_statistics_lag_seconds \d/m);
});

test('an address of this machine is refused, unless that is allowed', async () => {
  await using service = await startService();
  const { code, message } = await pull(service);
  assert.deepEqual([code, message], [1000, 'pullset.1.url: it must be a public address']);
});
