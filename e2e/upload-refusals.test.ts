import assert from 'node:assert/strict';
import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type RunningService, startService } from './harness.ts';
import type { Answer, Params } from './testing/caller.ts';
import { uniqueClip } from './testing/clips.ts';
import { announcement, PART_SIZE, partAt, sha1, upload } from './testing/upload.ts';

let service: RunningService;
before(async () => {
  service = await startService();
});
after(() => service[Symbol.asyncDispose]());

const finish = (params: Params) => service.call.upload('FinishUpload', params);

/** Announces a file and sends parts of it; finishing it is left to the test. */
async function begun(
  parts = 2,
  more: Params = {},
  bytes?: Buffer<ArrayBuffer>,
): Promise<{ fileSha: string }> {
  const file = bytes ?? (await uniqueClip(1.5 * PART_SIZE));
  assert.equal((await service.call.upload('InitUpload', announcement(file, more))).code, 0);
  for (let i = 0; i < parts; i++) {
    const { params, body } = partAt(file, i * PART_SIZE);
    assert.equal((await service.call.upload('UploadPart', params, body)).code, 0);
  }
  return { fileSha: sha1(file) };
}

/** Begins an upload, and changes the only file that the store has of it. */
async function begunAndDamaged(damage: (file: string) => Promise<unknown>): Promise<{ fileSha: string }> {
  const folder = path.join(service.dataDir, 'objects/.assemblies');
  const others = await readdir(folder);
  const file = await begun();
  const [mine] = (await readdir(folder)).filter((name) => !others.includes(name));
  await rm(path.join(folder, mine!));
  await damage(path.join(folder, mine!));
  return file;
}

async function withOtherBytes(): Promise<{ fileSha: string }> {
  const [announced, sent] = [await uniqueClip(PART_SIZE), await uniqueClip(PART_SIZE)];
  const fileSha = sha1(announced);
  await service.call.upload('InitUpload', announcement(announced));
  const { params, body } = partAt(sent, 0);
  assert.equal((await service.call.upload('UploadPart', { ...params, fileSha }, body)).code, 0);
  return { fileSha };
}

async function coverOfDeletedVideo(): Promise<{ fileSha: string }> {
  const { fileId } = await upload(service.call, await uniqueClip(PART_SIZE));
  const picture = Buffer.concat([Buffer.from('GIF89a'), await uniqueClip(1000)]);
  const file = await begun(1, { 'extra.usage': 1, 'extra.fileId': fileId, fileType: 'gif' }, picture);
  await service.call('DeleteVodFile', { fileId, priority: 1 });
  return file;
}

async function coverThatIsNone(): Promise<{ fileSha: string }> {
  const { fileId } = await upload(service.call, await uniqueClip(PART_SIZE));
  const page = Buffer.concat([Buffer.from('<html>'), await uniqueClip(1000)]);
  return begun(1, { 'extra.usage': 1, 'extra.fileId': fileId, fileType: 'gif' }, page);
}

const failures: [why: string, code: number, canRetry: number, call: () => Promise<Answer>][] = [
  ['another Timestamp than of now', -10001, 0, async () => finish({ ...(await begun()), Timestamp: 1 })],
  ['a key that there is not', -10002, 0, async () => finish({ ...(await begun()), SecretId: 'AKIDnobody' })],
  ['no fileSha', -10003, 0, () => finish({})],
  ['a fileSha that is none', -10003, 0, () => finish({ fileSha: 'x'.repeat(40) })],
  ['a file that nobody announced', -10005, 0, () => finish({ fileSha: 'a'.repeat(40) })],
  ['a part that is missing', -10005, 0, async () => finish(await begun(1))],
  ['bytes of another file', -10006, 0, async () => finish(await withOtherBytes())],
  ['a cover that is no picture', -10006, 0, async () => finish(await coverThatIsNone())],
  ['a cover of a video that was deleted', -10003, 0, async () => finish(await coverOfDeletedVideo())],
  ['parts that the store lost', -10005, 0, async () => finish(await begunAndDamaged(async () => {}))],
  ['a store that fails', -10004, 1, async () => finish(await begunAndDamaged((file) => mkdir(file)))],
];

describe('FinishUpload fails with a negative code, which the PHP client takes for no success', () => {
  for (const [why, code, canRetry, call] of failures) {
    test(`${why}: ${code}`, async () => {
      const answer = await call();
      assert.deepEqual([answer.code, answer.canRetry], [code, canRetry], answer.message);
      assert.equal(answer.fileId, undefined);
    });
  }
});

for (const action of ['InitUpload', 'FinishUpload']) {
  test(`too many calls of ${action}: -10001, to be repeated`, async () => {
    await using limited = await startService({ settings: { OPENVOD_RATE_LIMIT: '0.02' } });
    const answers: Answer[] = [];
    for (let i = 0; i < 3; i++) {
      answers.push(await limited.call.upload(action, { fileSha: 'a'.repeat(40) }));
    }
    assert.ok(answers.every(({ code }) => code < 0));
    assert.notEqual(answers[0]!.code, -10001);
    assert.deepEqual([answers.at(-1)!.code, answers.at(-1)!.canRetry], [-10001, 1]);
  });
}

test('an unknown class is refused when the file is announced', async () => {
  const bytes = await uniqueClip(PART_SIZE);
  const answer = await service.call.upload('InitUpload', announcement(bytes, { classId: 77 }));
  assert.equal(answer.code, -10003);
  assert.match(answer.message, /class/);
});

test('an announcement that goes on names each part by both names of its size', async () => {
  const bytes = await uniqueClip(1.5 * PART_SIZE);
  await begun(1, {}, bytes);
  const { code, listParts } = await service.call.upload('InitUpload', announcement(bytes));
  assert.equal(code, 1);
  assert.deepEqual([listParts[0].dataSize, listParts[0].dataLen], [PART_SIZE, PART_SIZE]);
});

test('the MD5 of a file that came as one part is in its metadata', async () => {
  const bytes = await uniqueClip(PART_SIZE);
  const { fileId } = await upload(service.call, bytes);
  const { metaData } = await service.call('GetVideoInfo', { fileId });
  assert.equal(metaData.md5, partAt(bytes, 0).params.dataMd5);
});

test('a picture of no video is served under its address until DeleteVodFile is called with its id', async () => {
  const bytes = Buffer.concat([Buffer.from('GIF89a'), await uniqueClip(1000)]);
  const params = { fileName: 'logo', fileType: 'gif', fileSize: bytes.length, dataSize: bytes.length };
  const usage = { fileSha: sha1(bytes), 'extra.usage': 1 };
  const { code, fileId, url } = await service.call.upload('SmallFileUpload', { ...params, ...usage }, bytes);
  assert.equal(code, 0);
  assert.deepEqual(Buffer.from(await (await fetch(url)).arrayBuffer()), bytes);
  assert.equal((await service.call('DeleteVodFile', { fileId, priority: 1 })).code, 0);
  const isThere = async () => (await fetch(url)).ok;
  while (await isThere()) await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal((await service.call('DeleteVodFile', { fileId, priority: 1 })).code, 10008);
});
