import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { after, before, test } from 'node:test';
import { exchange, HOST, type UploadAnswer } from './clients/wire.ts';
import { type RunningService, startService } from './harness.ts';
import { KEYS } from './testing/caller.ts';
import { decode, uniqueClip } from './testing/clips.ts';
import { finished } from './testing/tasks.ts';

const PART = 524_288;
const VERIFY_KEY = 'only the server of the application knows it';
let service: RunningService;
let port = 0;

before(async () => {
  service = await startService({
    settings: { OPENVOD_TRANSCODE_DEFAULTS: '10', OPENVOD_UPLOAD_VERIFY_KEY: VERIFY_KEY },
  });
  port = Number(new URL(service.url).port);
});
after(() => service[Symbol.asyncDispose]());

const sha1 = (bytes: Uint8Array) => createHash('sha1').update(bytes).digest('hex');
const md5 = (bytes: Uint8Array) => createHash('md5').update(bytes).digest('hex');
const seconds = () => Math.floor(Date.now() / 1000);

/** As the documented samples of an application's server sign it. */
function permit(fields: Record<string, string | number>, secretKey = KEYS.secretKey): string {
  const all = { s: KEYS.secretId, t: seconds(), e: seconds() + 3600, r: 220625, uid: 'user', ...fields };
  const text = Object.entries(all)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
  const hash = createHmac('sha1', secretKey).update(text).digest();
  return Buffer.concat([hash, Buffer.from(text)]).toString('base64');
}

// biome-ignore lint/suspicious/noExplicitAny: events are checked by value
const events: any[] = [];

/** The NewFileUpload of a video; it is there when the upload is answered. */
async function createdEvent(fileId: string) {
  const { eventList } = await service.call('PullEvent');
  for (const { eventContent } of eventList) events.push(eventContent);
  return events.find(({ eventType, data }) => eventType === 'NewFileUpload' && data.fileId === fileId);
}

type Send = (
  action: string,
  values: Record<string, string | number>,
  body?: Uint8Array,
) => Promise<UploadAnswer>;

/** vod-java-server-sdk-v4 in its UGC mode: no fileSha at all, line feeds in the signature. */
const java =
  (signature: string): Send =>
  (action, values, body) => {
    const { fileSha: _, ...sent } = values;
    const all = { Action: action, ...sent, Signature: signature.match(/.{1,76}/g)!.join('\n') };
    const query = new URLSearchParams(
      Object.entries(all).map(([name, value]): [string, string] => [name, String(value)]),
    );
    const head = [`POST /v3/index.php?${String(query).replaceAll('+', '%20')} HTTP/1.1`, `Host: ${HOST}`];
    if (body === undefined) return exchange(port, head);
    const described = ['Content-type: application/x-www-form-urlencoded', `Content-Length: ${body.length}`];
    return exchange(port, [...head, ...described], body);
  };

/** vod-csharp-server-sdk-v4 in its UGC mode: upper-case SHA-1, and common parameters that sign nothing. */
const csharp =
  (signature: string): Send =>
  (action, values, body = new Uint8Array()) => {
    const common = { Region: 'gz', SecretId: KEYS.secretId, Timestamp: seconds(), Nonce: 17 };
    const sent = { ...values, fileSha: String(values.fileSha).toUpperCase() };
    const all = { Action: action, ...sent, ...common, Signature: signature };
    const pairs = Object.entries(all).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
    const head = [`POST /v3/index.php?${pairs.join('&')} HTTP/1.1`, `Host: ${HOST}`];
    const described = ['Content-Type: application/x-www-form-urlencoded', `Content-Length: ${body.length}`];
    return exchange(port, [...head, ...described], body);
  };

const announced = (bytes: Uint8Array) => ({
  ...{
    fileSha: sha1(bytes),
    fileSize: bytes.length,
    dataSize: PART,
    fileName: 'by the device',
    fileType: 'mp4',
  },
  // A device that asks for more than it was given.
  ...{ classId: 12, isTranscode: 1, isScreenshot: 1, isWatermark: 1, 'tag.1': 'mine', storeTime: 0 },
});

async function upload(send: Send, bytes: Buffer): Promise<UploadAnswer & { verify_content?: string }> {
  const fileSha = sha1(bytes);
  assert.equal((await send('InitUploadEx', announced(bytes))).code, 0);
  for (let offset = 0; offset < bytes.length; offset += PART) {
    const body = bytes.subarray(offset, offset + PART);
    const part = { fileSha, offset, dataSize: body.length, dataMd5: md5(body) };
    const answer = await send('UploadPartEx', part, body);
    assert.deepEqual([answer.code, answer.canRetry], [0, 0], answer.message);
  }
  return send('FinishUploadEx', { fileSha });
}

for (const [name, client] of [
  ['Java', java],
  ['C#', csharp],
] as const) {
  test(`${name}: a device uploads what its application's server has signed, and nothing that it adds counts`, async () => {
    const bytes = await uniqueClip();
    const signed = {
      f: `a film by ${name}`.replace('#', ''),
      fs: sha1(bytes),
      ft: 'mp4',
      tc: 1,
      'tag.1': '测试 1',
    };
    const {
      code,
      message,
      fileId = '',
      url,
      verify_content = '',
    } = await upload(client(permit(signed)), bytes);
    assert.equal(code, 0, message);
    const info = await service.call('GetVideoInfo', { fileId, 'infoFilter.0': 'basicInfo' });
    const { basicInfo } = info;
    assert.deepEqual(
      [basicInfo.name, basicInfo.classificationId ?? 0, basicInfo.tags],
      [signed.f, 0, ['测试 1']],
    );
    assert.deepEqual(Buffer.from(await (await fetch(String(url))).arrayBuffer()), bytes);

    const proof = Buffer.from(verify_content, 'base64');
    const hash = createHmac('sha1', VERIFY_KEY).update(proof.subarray(20)).digest();
    assert.deepEqual(proof.subarray(0, 20), hash);
    assert.match(proof.toString('utf8', 20), new RegExp(`^ExpTime=\\d{10}&FileId=${fileId}$`));

    const told = await createdEvent(fileId);
    assert.equal(told.data.sourceType, 'ClientUpload');
    assert.match(told.data.transcodeTaskId, /^transcode-/);
  });
}

test('a device resumes with the same signature, and only its own file', async () => {
  const bytes = Buffer.concat([await uniqueClip(), Buffer.alloc(PART)]);
  const signature = permit({ f: 'a.mp4', fs: sha1(bytes) });
  const send = csharp(signature);
  assert.equal((await send('InitUploadEx', announced(bytes))).code, 0);
  const body = bytes.subarray(0, PART);
  await send(
    'UploadPartEx',
    { fileSha: '0'.repeat(40), offset: 0, dataSize: PART, dataMd5: md5(body) },
    body,
  );
  const again = await send('InitUploadEx', announced(bytes));
  assert.deepEqual([again.code, again.listParts?.map(({ offset }) => offset)], [1, [0]]);
  // What it names is not asked: the signature is about one file.
  const other = await csharp(permit({ f: 'b', fs: 'f'.repeat(40), ft: 'mp4' }))('FinishUploadEx', {
    fileSha: sha1(bytes),
  });
  assert.deepEqual([other.code, other.canRetry], [-10005, 0]);
});

test('a signature that is none, of another key, expired or too long is refused with the code of signatures', async () => {
  const bytes = await uniqueClip();
  const file = { f: 'a', fs: sha1(bytes), ft: 'mp4' };
  const now = seconds();
  for (const [signature, reason] of [
    ['nonsense', /no upload signature/],
    [permit(file, 'another key'), /Signature is wrong/],
    [permit({ ...file, s: 'AKIDnobody' }), /SecretId does not exist/],
    [permit({ ...file, t: now - 200, e: now - 100 }), /expired/],
    [permit({ ...file, e: now + 8_000_000 }), /90 days/],
    [permit({ ...file, e: Date.now() - 86_400 }), /expired/],
  ] as const) {
    const answer = await csharp(signature)('InitUploadEx', announced(bytes));
    assert.deepEqual([answer.code, answer.canRetry], [-10002, 0], answer.message);
    assert.match(answer.message, reason);
  }
  // The documented sample in ms: good for 86 s.
  const sample = permit({ ...file, t: Date.now(), e: Date.now() + 86_400 });
  assert.equal((await csharp(sample)('InitUploadEx', announced(bytes))).code, 0);
  const { message } = await csharp(permit({ f: 'a', ft: 'mp4' }))('InitUploadEx', announced(bytes));
  assert.match(message, /fileSha is required/);
});

test('sampled pictures are taken where the signature says so, and not where only the device does', async () => {
  for (const ss of [1, 0]) {
    const bytes = await uniqueClip();
    const signature = permit({ f: 'sampled', fs: sha1(bytes), ft: 'mp4', tc: 1, ss });
    const { code, message, fileId = '' } = await upload(csharp(signature), bytes);
    assert.equal(code, 0, message);
    const { transcodeTaskId } = (await createdEvent(fileId)).data;
    await finished(service.call, transcodeTaskId);
    const { sampleSnapshotInfo = [] } = await service.call('GetVideoInfo', { fileId });
    assert.equal(sampleSnapshotInfo.length, ss);
    if (ss === 0) continue;
    const [first] = sampleSnapshotInfo[0].imageUrls;
    const { width, height, frames } = await decode(first);
    assert.deepEqual([width, height, frames], [128, 72, 1]);
  }
});

test('reports of uploaders are answered as they expect', async () => {
  const answer = await service.call.upload('Report', {
    errCode: -3,
    speed: 1000,
    fileId: '',
    platform: 'java',
    version: '1.0',
  });
  assert.deepEqual(answer, { code: 0, message: '', codeDesc: '', canRetry: 0 });
});
