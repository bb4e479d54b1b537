/** The oldest client of all, qcloudapi-vod (docs/wire/uploads.md, The oldest upload), byte for byte as it asks. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { openReceiver } from '../packages/server/events/testing/receiver.ts';
import { exchange, type UploadAnswer } from './clients/wire.ts';
import { type RunningService, startService } from './harness.ts';
import { KEYS, type Params, signedQuery } from './testing/caller.ts';
import { decode, uniqueClip } from './testing/clips.ts';
import { Inbox } from './testing/events.ts';

const HOST = 'vod.qcloud.com';
const SLICE = 524_288;
let service: RunningService;

before(async () => {
  service = await startService({
    settings: { OPENVOD_TRANSCODE_DEFAULTS: '10', OPENVOD_PULL_ALLOW_PRIVATE: 'true' },
  });
});
after(() => service[Symbol.asyncDispose]());

type Answer = UploadAnswer & { flag?: number; offset?: string };

async function send(params: Params, body: Uint8Array, keys = KEYS): Promise<Answer> {
  const path = '/v2/index.php';
  const all = { Action: 'MultipartUploadVodFile', ...params };
  const query = signedQuery({ method: 'POST', host: HOST, path }, all, keys).replaceAll('%20', '+');
  const head = [
    `POST ${path}?${query} HTTP/1.1`,
    `Host: ${HOST}`,
    'Content-Type: application/octet-stream',
    `Content-Length: ${body.length}`,
  ];
  return exchange(Number(new URL(service.url).port), head, body);
}

/** Its loop: from 0 on, wherever the answers lead. Resolves to the last of them, and where it was led. */
async function uploadAsPhp(bytes: Buffer<ArrayBuffer>, more: Params = {}) {
  const sent: number[] = [];
  for (let offset = 0; ; ) {
    const slice = bytes.subarray(offset, offset + SLICE);
    const about = { fileName: 'a film 电影', fileType: 'mp4', name: 'a film 电影.mp4', notifyUrl: '' };
    const file = { fileSha: createHash('sha1').update(bytes).digest('hex'), fileSize: bytes.length };
    const wishes = { isTranscode: 0, isScreenshot: 0, isWatermark: 0 };
    sent.push(offset);
    const answer = await send(
      { ...about, ...file, ...wishes, dataSize: slice.length, offset, ...more },
      slice,
    );
    if (answer.code !== 0 || answer.flag === 1) return { answer, sent };
    offset = Number(answer.offset);
  }
}

test('a file goes in slice by slice, and what comes of it is told where the client wants', async () => {
  await using receiver = await openReceiver((response) => response.end());
  const bytes = await uniqueClip(2 * SLICE + 1000);
  const wishes = { isTranscode: 1, isScreenshot: 1, notifyUrl: receiver.url };
  const { answer, sent } = await uploadAsPhp(bytes, wishes);
  assert.deepEqual([answer.code, answer.flag, sent], [0, 1, [0, SLICE, 2 * SLICE]], answer.message);
  const fileId = answer.fileId!;
  const inbox = new Inbox();
  const complete = await inbox.waitFor(service.call, fileId, 'TranscodeComplete');
  assert.equal(complete.status, 0);
  const [created] = inbox.about(fileId, 'NewFileUpload');
  assert.deepEqual([created!.sourceType, created!.transcodeTaskId], ['ServerUpload', complete.vodTaskId]);
  const info = await service.call('GetVideoInfo', { fileId });
  assert.equal(info.basicInfo.name, 'a film 电影');
  const { width, height } = await decode(info.sampleSnapshotInfo[0].imageUrls[0]);
  assert.deepEqual([width, height], [128, 72]);
  await receiver.hasGot(2);
  assert.deepEqual(receiver.received.map(({ body }) => body.eventType).sort(), [
    'NewFileUpload',
    'TranscodeComplete',
  ]);

  assert.deepEqual((await uploadAsPhp(bytes)).answer.fileId, fileId);
  await service.call('DeleteVodFile', { fileId, priority: 0 });
  const again = await uploadAsPhp(bytes);
  assert.deepEqual([again.answer.flag, again.sent.length], [1, 3]);
  assert.notEqual(again.answer.fileId, fileId);
});

test('a wrong signature and a key that does not exist have codes of their own', async () => {
  const bytes = await uniqueClip();
  const about = {
    fileName: 'a',
    fileType: 'mp4',
    fileSha: 'a'.repeat(40),
    fileSize: 10,
    dataSize: 10,
    offset: 0,
  };
  const wrong = await send(about, bytes.subarray(0, 10), { ...KEYS, secretKey: 'another' });
  assert.deepEqual([wrong.code, /Signature is wrong/.test(wrong.message)], [-26498, true]);
  const unknown = await send(about, bytes.subarray(0, 10), { ...KEYS, secretId: 'AKIDnobody' });
  assert.deepEqual([unknown.code, /SecretId does not exist/.test(unknown.message)], [-25997, true]);
});
