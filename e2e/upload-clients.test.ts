import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { csharpV4 } from './clients/csharp-v4.ts';
import { javaCover, javaV4 } from './clients/java-v4.ts';
import { nodejsV4 } from './clients/nodejs-v4.ts';
import { phpRequest, phpV4 } from './clients/php-v4.ts';
import { Died, exchange, type LocalFile, type UploadClient } from './clients/wire.ts';
import { type RunningService, startService } from './harness.ts';
import { picture, uniqueClip } from './testing/clips.ts';
import { Inbox } from './testing/events.ts';
import { announcement, partAt, sha1 } from './testing/upload.ts';

const MEBIBYTE = 1024 * 1024;
const MORE_THAN_ANY_SENDS_AT_ONCE = 6 * MEBIBYTE;
const inbox = new Inbox();
let service: RunningService;

before(async () => {
  service = await startService({ settings: { OPENVOD_TRANSCODE_DEFAULTS: '10' } });
});
after(() => service[Symbol.asyncDispose]());

const portOf = ({ url }: RunningService) => Number(new URL(url).port);
const port = () => portOf(service);

async function video(size = 3.4 * MEBIBYTE): Promise<LocalFile> {
  return { name: 'holiday', type: 'mp4', bytes: await uniqueClip(Math.floor(size)) };
}

async function bytesAt(url: string): Promise<Buffer> {
  const response = await fetch(url);
  assert.equal(response.status, 200);
  return Buffer.from(await response.arrayBuffer());
}

const clients: { client: UploadClient; sendsTags: boolean; name: string; resends: boolean }[] = [
  { client: phpV4, sendsTags: true, name: 'holiday', resends: false },
  { client: javaV4, sendsTags: true, name: 'holiday', resends: false },
  { client: csharpV4, sendsTags: true, name: 'holiday.mp4', resends: false },
  { client: nodejsV4, sendsTags: false, name: 'holiday', resends: true },
];

for (const { client, sendsTags, name, resends } of clients) {
  describe(client.name, () => {
    test('uploads a video whole, with its name, class, tags and event', async () => {
      const { newClassId } = await service.call('CreateClass', { className: `of ${client.name}` });
      const file = await video();
      const wishes = { classId: Number(newClassId), tags: ['测试 1', 'b'] };
      const { fileId, url, initCode } = await client.upload(port(), file, wishes);
      assert.equal(initCode, 0);
      assert.deepEqual(await bytesAt(url), file.bytes);

      const { fileSet } = await service.call('DescribeVodInfo', { 'fileIds.0': fileId });
      assert.equal(fileSet[0].fileName, name);
      assert.equal(fileSet[0].size, String(file.bytes.length));
      assert.deepEqual(fileSet[0].tags, sendsTags ? wishes.tags : []);
      assert.equal(fileSet[0].classId, sendsTags ? newClassId : '0');
      const event = await inbox.waitFor(service.call, fileId, 'NewFileUpload');
      assert.deepEqual(
        { name: event.fileName, url: event.fileUrl, from: event.sourceType, task: event.transcodeTaskId },
        { name, url, from: 'ServerUpload', task: undefined },
      );
    });

    test('goes on where it died', async () => {
      const file = await video(MORE_THAN_ANY_SENDS_AT_ONCE);
      await assert.rejects(client.upload(port(), file, { diesAfterParts: 2 }), Died);
      const second = await client.upload(port(), file);
      assert.equal(second.initCode, 1);
      assert.equal(
        second.sent.includes(0),
        resends,
        'the first part is sent again only by who ignores the list',
      );
      assert.deepEqual(await bytesAt(second.url), file.bytes);
    });

    test('asks for a transcode and is told its task', async () => {
      const { fileId } = await client.upload(port(), await video(MEBIBYTE), { transcode: true });
      const { transcodeTaskId } = await inbox.waitFor(service.call, fileId, 'NewFileUpload');
      assert.match(transcodeTaskId, /^transcode-[0-9a-f]{32}$/);
      assert.equal((await service.call('GetTaskInfo', { vodTaskId: transcodeTaskId })).type, 'transcode');
    });
  });
}

test('a part size other than that of the first attempt is answered with the first', async () => {
  const file = await video(MORE_THAN_ANY_SENDS_AT_ONCE);
  await assert.rejects(phpV4.upload(port(), file, { diesAfterParts: 3 }), Died);
  const { initCode, sent, url } = await csharpV4.upload(port(), file);
  assert.equal(initCode, 1);
  assert.ok(sent.every((offset) => offset % 524_288 === 0) && !sent.includes(0));
  assert.deepEqual(await bytesAt(url), file.bytes);
});

test('every client goes on to FinishUpload after an instant upload, and gets the video that is there', async () => {
  await using instant = await startService({ settings: { OPENVOD_INSTANT_UPLOAD: 'true' } });
  const file = await video(MEBIBYTE);
  const first = await phpV4.upload(portOf(instant), file);
  for (const { client } of clients) {
    const again = await client.upload(portOf(instant), file);
    assert.deepEqual({ ...again, name: client.name }, { ...first, initCode: 2, sent: [], name: client.name });
  }
});

test('PHP sends a request again, unchanged, when its answer was lost', async () => {
  const { bytes } = await video(MEBIBYTE);
  const calls: [string, object, Uint8Array?][] = [
    ['InitUpload', announcement(bytes)],
    ...[0, 524_288].map((offset): [string, object, Uint8Array] => {
      const { params, body } = partAt(bytes, offset);
      return ['UploadPart', params, body];
    }),
    ['FinishUpload', { fileSha: sha1(bytes) }],
  ];
  const answers = [];
  for (const [action, values, body] of calls) {
    const head = phpRequest(action, values as Record<string, string>, body?.length ?? 0);
    await hangUpBeforeTheAnswer(head, body);
    answers.push(await exchange(port(), head, body));
  }
  assert.deepEqual(
    answers.map(({ code }) => code),
    [0, 0, 0, 0],
  );
  assert.deepEqual(await bytesAt(answers[3]!.url!), bytes);
});

/** Sends half of the body, or a whole request without one, and is gone. */
async function hangUpBeforeTheAnswer(head: string[], body: Uint8Array = Buffer.alloc(0)): Promise<void> {
  const socket = connect(port(), '127.0.0.1');
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  await new Promise((resolve) => socket.write(body.subarray(0, body.length / 2), resolve));
  socket.destroySoon();
}

test('the cover that Java sends in one call is the cover of the video', async () => {
  const { fileId } = await javaV4.upload(port(), await video(MEBIBYTE));
  const bytes = Buffer.from(await readFile(await picture()));
  const cover = await javaCover(port(), { name: 'cover', type: 'jpg', bytes }, fileId);
  assert.ok(cover.url?.endsWith(`/${cover.fileId}.jpg`), cover.url);
  assert.deepEqual(await bytesAt(cover.url!), bytes);
  const { basicInfo } = await service.call('GetVideoInfo', { fileId });
  assert.equal(basicInfo.coverUrl, cover.url);
});

test('the cover that C# sends in the three calls of a video is the cover of that video, and no video', async () => {
  const { fileId } = await csharpV4.upload(port(), await video(MEBIBYTE));
  const { totalCount } = await service.call('DescribeVodInfo');
  const bytes = Buffer.from(await readFile(await picture()));
  const { url } = await csharpV4.upload(port(), { name: 'cover', type: 'jpg', bytes }, { coverOf: fileId });
  assert.deepEqual(await bytesAt(url), bytes);
  const { fileSet } = await service.call('DescribeVodInfo', { 'fileIds.0': fileId });
  assert.equal(fileSet[0].imageUrl, url);
  assert.equal((await service.call('DescribeVodInfo')).totalCount, totalCount);
});
