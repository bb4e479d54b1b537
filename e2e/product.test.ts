import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startPostgres, type TestPostgres } from '../packages/server/testing/postgres.ts';
import { startS3, type TestS3 } from '../packages/server/testing/s3.ts';
import { type RunningService, startService } from './harness.ts';
import { clip, decode, uniqueClip } from './testing/clips.ts';
import { type EventData, Inbox } from './testing/events.ts';
import { finished } from './testing/tasks.ts';
import { upload } from './testing/upload.ts';

const LADDER = [10, 210, 220];

/** A deployment: who answers, and what else has to run. */
interface Deployment {
  api: RunningService;
  stop(): Promise<void>;
  /** Keys in the object store, where it can be looked into. */
  keys(): string[];
}

async function onOneMachine(): Promise<Deployment> {
  const api = await startService({ settings: { OPENVOD_TRANSCODE_DEFAULTS: LADDER.join(',') } });
  return { api, stop: async () => api[Symbol.asyncDispose](), keys: () => [] };
}

/** One process that answers and one that transcodes, with nothing in common but PostgreSQL and S3. */
async function onTwoMachines(postgres: TestPostgres, s3: TestS3): Promise<Deployment> {
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
  const settings = {
    OPENVOD_DATABASE_URL: await postgres.createDatabase(),
    OPENVOD_STORAGE_URL: s3.url,
    OPENVOD_TRANSCODE_DEFAULTS: LADDER.join(','),
  };
  const api = await startService({ settings: { ...settings, OPENVOD_ROLE: 'api' } });
  const worker = await startService({ settings: { ...settings, OPENVOD_ROLE: 'worker' } });
  return {
    api,
    keys: () => s3.keys(),
    async stop() {
      await worker[Symbol.asyncDispose]();
      await api[Symbol.asyncDispose]();
    },
  };
}

describe('the whole way of a video on SQLite and disk', () => wholeWay(onOneMachine));

const postgres = startPostgres();
describe('the whole way of a video on PostgreSQL and S3, api and worker apart', {
  skip: postgres ? false : 'no PostgreSQL on this machine',
}, () => {
  let s3: TestS3;
  before(async () => {
    s3 = await startS3();
  });
  after(async () => {
    await s3.stop();
    await postgres?.stop();
  });
  wholeWay(() => onTwoMachines(postgres!, s3));
});

function wholeWay(deploy: () => Promise<Deployment>): void {
  const inbox = new Inbox();
  let deployment: Deployment;
  let fileId = '';
  let sourceUrl = '';
  let playSet: EventData[] = [];

  before(async () => {
    deployment = await deploy();
  });
  after(() => deployment.stop());
  const call = () => deployment.api.call;

  test('an upload that asks for a transcode says so in its event', async () => {
    const bytes = await readFile(await clip({ size: '640x360', seconds: 2 }));
    const more = { isTranscode: 1, fileName: 'whole way', 'tags.0': 'proof' };
    ({ fileId, url: sourceUrl } = await upload(call(), Buffer.from(bytes), more));
    const event = await inbox.waitFor(call(), fileId, 'NewFileUpload');
    assert.equal(event.fileUrl, sourceUrl);
    assert.equal(event.fileName, 'whole way');
    assert.deepEqual(Buffer.from(await (await fetch(sourceUrl)).arrayBuffer()), bytes);
    const task = await finished(call(), event.transcodeTaskId);
    assert.equal(task.data.status, 0, task.data.message);
  });

  test('the end of the transcode comes as an event with every rendition', async () => {
    const event = await inbox.waitFor(call(), fileId, 'TranscodeComplete');
    assert.deepEqual(
      { status: event.status, name: event.fileName, duration: event.duration },
      { status: 0, name: 'whole way', duration: 2 },
    );
    const urls = await call()('DescribeVodPlayUrls', { fileId });
    playSet = urls.playSet;
    assert.deepEqual(event.playSet, playSet);
    assert.deepEqual(playSet.map(({ definition }) => definition).toSorted(byNumber), [0, ...LADDER]);
  });

  test('every rendition plays to its end, in the size that was told', async () => {
    for (const { url, definition, vwidth, vheight } of playSet) {
      const { frames, seconds, width, height } = await decode(url);
      const framesPerSecond = definition === 0 ? 25 : 24;
      assert.deepEqual([width, height, frames], [vwidth, vheight, 2 * framesPerSecond], url);
      assert.ok(Math.abs(seconds - 2) < 0.2, `${url} lasts ${seconds} s`);
    }
  });

  test('GetVideoInfo tells the same, section by section', async () => {
    const { basicInfo, metaData, transcodeInfo } = await call()('GetVideoInfo', { fileId });
    assert.equal(basicInfo.name, 'whole way');
    assert.equal(basicInfo.status, 'normal');
    assert.equal(basicInfo.sourceVideoUrl, sourceUrl);
    assert.deepEqual([metaData.width, metaData.height, metaData.duration], [640, 360, 2]);
    const urls = new Map(playSet.map(({ definition, url }) => [definition, url]));
    for (const { definition, url } of transcodeInfo.transcodeList) assert.equal(url, urls.get(definition));
    assert.equal(transcodeInfo.transcodeList.length, playSet.length);
    const only = await call()('GetVideoInfo', { fileId, 'infoFilter.0': 'basicInfo' });
    assert.deepEqual(
      Object.keys(only).filter((name) => /Info|metaData/.test(name)),
      ['basicInfo'],
    );
  });

  test('a task flow adds a master playlist over all HLS renditions, and reports its states', async () => {
    const { vodTaskId } = await call()('ProcessFile', {
      fileId,
      'transcode.definition.0': 210,
      'transcode.definition.1': 220,
      'transcode.hlsMasterPlaylist': 1,
    });
    const task = await finished(call(), vodTaskId);
    assert.equal(task.data.errCode, 0, task.data.message);
    const event = await inbox.waitFor(call(), fileId, 'ProcedureStateChanged');
    assert.equal(event.vodTaskId, vodTaskId);
    assert.equal(event.status, 'FINISH');
    const urls = await call()('DescribeVodPlayUrls', { fileId });
    playSet = urls.playSet;
    const master = playSet.find(({ definition }) => definition === 10000);
    const text = await (await fetch(master?.url)).text();
    assert.equal(text.match(/#EXT-X-STREAM-INF/g)?.length, 2, text);
    assert.equal((await decode(master?.url)).frames, 48);
  });

  test('after its deletion nothing of it is left, and the event says so', async () => {
    assert.equal((await call()('DeleteVodFile', { fileId, priority: 0 })).code, 0);
    const event = await inbox.waitFor(call(), fileId, 'FileDeleted');
    assert.deepEqual(event, { status: 0, message: '', fileInfo: [{ fileId }] });
    for (const { url } of playSet) await vanishes(url);
    assert.equal((await call()('GetVideoInfo', { fileId })).code, 10008);
    assert.deepEqual(
      deployment.keys().filter((key) => key.includes(fileId)),
      [],
    );
  });

  test('what is no video is kept, and its transcode fails with a documented code', async () => {
    const bytes = Buffer.from(`${'no video at all. '.repeat(100)}${Math.random()}`);
    const { fileId: broken } = await upload(call(), bytes, { isTranscode: 1 });
    const event = await inbox.waitFor(call(), broken, 'TranscodeComplete');
    assert.ok(event.status < 0, JSON.stringify(event));
    assert.equal(event.playSet, undefined);
  });
}

/** A folder of real clips, if somebody has put one there. */
const FOOTAGE = process.env.OPENVOD_TEST_FOOTAGE ?? path.join(import.meta.dirname, '../../shared/media');
const MATROSKA = path.join(FOOTAGE, 'gesture-640x480-2s.mkv');

test('real footage, full-range in Matroska, becomes a ladder', {
  skip: existsSync(MATROSKA) ? false : `no ${path.basename(MATROSKA)} in OPENVOD_TEST_FOOTAGE`,
}, async () => {
  await using service = await startService();
  const bytes = await readFile(MATROSKA);
  const { fileId } = await upload(service.call, Buffer.from(bytes), { fileType: 'mkv' });
  const { vodTaskId } = await service.call('ProcessFile', { fileId, 'transcode.definition.0': 210 });
  assert.equal((await finished(service.call, vodTaskId)).data.errCode, 0);
  const { playSet } = await service.call('DescribeVodPlayUrls', { fileId });
  for (const { url, definition } of playSet) {
    if (definition !== 0) assert.ok((await decode(url)).frames > 0);
  }
});

test('health, readiness and metrics tell an operator how it is', async () => {
  await using service = await startService();
  await upload(service.call, await uniqueClip());
  assert.equal((await fetch(`${service.url}/healthz`)).status, 200);
  const ready = (await (await fetch(`${service.url}/readyz`)).json()) as { status: string; checks: object };
  assert.equal(ready.status, 'ready');
  assert.deepEqual(Object.keys(ready.checks), ['database', 'storage', 'disk']);
  const metrics = await (await fetch(`${service.url}/metrics`)).text();
  assert.match(metrics, /FinishUpload/);
});

/** Delivery may remember for a second that a file was there. */
async function vanishes(url: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const response = await fetch(url);
    await response.body?.cancel();
    if (response.status === 404) return;
    assert.ok(attempt < 50, `${url} still answers ${response.status}`);
    await sleep(100);
  }
}

function byNumber(a: number, b: number): number {
  return a - b;
}
