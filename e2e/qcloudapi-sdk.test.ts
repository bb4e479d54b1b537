import assert from 'node:assert/strict';
import { Agent as TlsAgent } from 'node:https';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import { connect } from 'node:tls';
import { type RunningService, startService } from './harness.ts';
import { type Answer, KEYS } from './testing/caller.ts';
import { decode, uniqueClip } from './testing/clips.ts';
import { upload } from './testing/upload.ts';

/** The vendor's own Node client, version 0.2.1, as it comes from the registry; CommonJS and without types. */
interface QcloudApi {
  request(
    data: object,
    options: object | undefined,
    callback: (error: Error | null, body: Answer) => void,
    extra?: object,
  ): void;
}
const QcloudApi = createRequire(import.meta.url)('qcloudapi-sdk') as new (defaults: object) => QcloudApi;

type Ask = (action: string, params?: object) => Promise<Answer>;

function asker(api: QcloudApi, extra?: object): Ask {
  return (Action, params = {}) =>
    new Promise((resolve, reject) => {
      const done = (error: Error | null, body: Answer) => (error ? reject(error) : resolve(body));
      api.request({ Action, ...params }, undefined, done, extra);
    });
}

/** Asks, and wants a success. */
async function success(asked: Promise<Answer>): Promise<Answer> {
  const answer = await asked;
  assert.deepEqual([answer.code, answer.message, answer.codeDesc], [0, '', 'Success']);
  return answer;
}

let service: RunningService;

before(async () => {
  service = await startService({
    settings: { OPENVOD_TRANSCODE_DEFAULTS: '10,210', OPENVOD_TLS: 'self-signed' },
  });
});
after(() => service[Symbol.asyncDispose]());

const combinations = [
  { method: 'GET', signatureMethod: 'sha1' },
  { method: 'GET', signatureMethod: 'sha256' },
  { method: 'POST', signatureMethod: 'sha1' },
  { method: 'POST', signatureMethod: 'sha256' },
];

for (const combination of combinations) {
  const name = `${combination.method}, ${combination.signatureMethod}`;
  describe(`qcloudapi-sdk by ${name}`, () => {
    let ask: Ask;
    before(() => {
      const { host } = new URL(service.url);
      ask = asker(new QcloudApi({ ...KEYS_OF_SDK, ...combination, protocol: 'http', host, Region: 'gz' }));
    });

    test('keeps a tree of classes', () => keepsClasses(ask, name));
    test('describes, changes, tags and deletes a video', () => keepsVideos(ask));
    test('transcodes, waits and gets play addresses', () => transcodes(ask));
  });
}

const KEYS_OF_SDK = { SecretId: KEYS.secretId, SecretKey: KEYS.secretKey };

async function keepsClasses(ask: Ask, name: string): Promise<void> {
  const { newClassId: parent } = await success(
    ask('CreateClass', { className: `${name} 电影`, parentId: -1 }),
  );
  const { newClassId: child } = await success(ask('CreateClass', { className: 'a&b=c', parentId: parent }));
  await success(ask('ModifyClass', { classId: child, className: 'renamed + 100%' }));
  const { data } = await success(ask('DescribeAllClass'));
  const tree = data.find(({ info }: { info: { id: number } }) => String(info.id) === parent);
  assert.equal(tree.info.name, `${name} 电影`);
  assert.deepEqual(tree.subclass, [
    {
      info: { id: Number(child), parent_id: Number(parent), name: 'renamed + 100%', level: 1, file_num: 0 },
      subclass: [],
    },
  ]);
  assert.equal((await ask('CreateClass', { className: `${name} 电影` })).code, 1907);
  await success(ask('DeleteClass', { classId: parent }));
  const left = await success(ask('DescribeClass'));
  assert.deepEqual(
    left.data.filter(({ id }: { id: string }) => id === parent || id === child),
    [],
  );
}

async function keepsVideos(ask: Ask): Promise<void> {
  const { fileId } = await upload(service.call, await uniqueClip());
  await success(ask('ModifyVodInfo', { fileId, fileName: '新名 @1', fileIntro: '@begins like a file' }));
  await success(ask('CreateVodTags', { fileId, tags: ['one', '二', '3'] }));
  await success(ask('DeleteVodTags', { fileId, tags: ['one'] }));
  const { totalCount, fileSet } = await success(ask('DescribeVodInfo', { fileIds: [fileId] }));
  assert.equal(totalCount, 1);
  const { fileName, fileIntro, tags, status } = fileSet[0];
  assert.deepEqual(
    { fileName, fileIntro, status, tags: tags.toSorted() },
    { fileName: '新名 @1', fileIntro: '@begins like a file', status: '2', tags: ['3', '二'] },
  );
  const found = await success(ask('DescribeVodPlayInfo', { fileName: '新名', pageNo: 1, pageSize: 10 }));
  assert.deepEqual(
    found.fileSet.map((video: { fileId: string }) => video.fileId),
    [fileId],
  );
  await success(ask('DeleteVodFile', { fileId, priority: 0, isFlushCdn: 1 }));
  assert.equal((await ask('DescribeVodPlayUrls', { fileId })).code, 10008);
}

async function transcodes(ask: Ask): Promise<void> {
  const { fileId } = await upload(service.call, await uniqueClip());
  const conversion = await success(ask('ConvertVodFile', { fileId }));
  assert.equal((await whenFinished(ask, conversion.vodTaskId)).data.status, 0);
  const flow = await success(ask('ProcessFile', { fileId, transcode: { definition: [20] } }));
  assert.equal((await whenFinished(ask, flow.vodTaskId)).data.errCode, 0);

  const { playSet } = await success(ask('DescribeVodPlayUrls', { fileId }));
  const definitions = playSet.map(({ definition }: { definition: number }) => definition);
  assert.deepEqual(definitions.toSorted(), [0, 10, 20, 210]);
  // A second of film: 25 frames in the source, 24 in what the presets make of it.
  for (const { url, definition } of playSet) {
    assert.equal((await decode(url)).frames, definition === 0 ? 25 : 24, url);
  }
}

async function whenFinished(ask: Ask, vodTaskId: string): Promise<Answer> {
  for (;;) {
    const task = await success(ask('GetTaskInfo', { vodTaskId }));
    if (task.status === 'FINISHED') return task;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

test('an application that changes nothing but where vod.api.qcloud.com leads to', async () => {
  // What the SDK does when it is given keys and a service: HTTPS, POST, SHA-1. As /etc/hosts would, the agent connects to us.
  const port = Number(new URL(service.tlsUrl!).port);
  class RedirectingAgent extends TlsAgent {
    override createConnection() {
      return connect({ host: '127.0.0.1', port, rejectUnauthorized: false });
    }
  }
  const api = new QcloudApi({ ...KEYS_OF_SDK, serviceType: 'vod', Region: 'gz' });
  const ask = asker(api, { agent: new RedirectingAgent() });
  const { newClassId } = await success(ask('CreateClass', { className: 'unchanged' }));
  await success(ask('DeleteClass', { classId: newClassId }));
});
