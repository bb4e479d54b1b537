/** Small things of the wire that old clients rest on, each as the running service does it. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type RunningService, startService } from './harness.ts';
import type { Answer } from './testing/caller.ts';
import { uniqueClip } from './testing/clips.ts';
import { type EventData, Inbox } from './testing/events.ts';
import { announcement, upload } from './testing/upload.ts';

const SECONDS = 1000;
/** As long as an event is with who pulled it. */
const LEASE = 31 * SECONDS;

let service: RunningService;
let ahead = 0;

before(async () => {
  service = await startService({ clock: () => Date.now() + ahead });
});
after(() => service[Symbol.asyncDispose]());

const aVideo = async (more = {}) => (await upload(service.call, await uniqueClip(), more)).fileId;

async function aClass(): Promise<string> {
  return (await service.call('CreateClass', { className: `class ${Math.random()}` })).newClassId;
}

test('expireTime is always there: 0 for a video that stays', async () => {
  const fileId = await aVideo();
  const expireTime = async () => (await service.call('GetVideoInfo', { fileId })).basicInfo.expireTime;
  assert.equal(await expireTime(), 0);
  await service.call('ModifyVodInfo', { fileId, expireTimeStamp: 4_070_880_000 });
  assert.equal(await expireTime(), 4_070_880_000);
  await service.call('ModifyVodInfo', { fileId, expireTimeStamp: 0 });
  assert.equal(await expireTime(), 0);
});

test('NewFileUpload has status and message, and every field that is not of a recording or a task', async () => {
  const { fileId, url } = await upload(service.call, await uniqueClip(), { fileName: 'holiday' });
  const event = await new Inbox().waitFor(service.call, fileId, 'NewFileUpload');
  assert.deepEqual(event, {
    ...{ status: 0, message: '', fileId, fileName: 'holiday', fileUrl: url, coverUrl: '' },
    ...{ sourceType: 'ServerUpload', sourceContext: '', author: '', streamId: '' },
  });
});

test('DescribeVodInfo with classId=-1 lists the videos of all classes, counted and filtered as ever', async () => {
  const classId = await aClass();
  const inside = await aVideo({ classId });
  const outside = await aVideo();
  const listed = async (params = {}) => {
    const { totalCount, fileSet } = await service.call('DescribeVodInfo', { pageSize: 100, ...params });
    return { totalCount, ids: fileSet.map((one: EventData) => one.fileId) };
  };
  const all = await listed({ classId: -1 });
  assert.deepEqual(all, await listed());
  for (const id of [inside, outside]) assert.ok(all.ids.includes(id));
  assert.deepEqual(await listed({ classId }), { totalCount: 1, ids: [inside] });
  assert.deepEqual(await listed({ classId: -1, status: 6 }), { totalCount: 0, ids: [] });
  const { totalCount, fileSet } = await service.call('DescribeVodInfo', { classId: -1, pageSize: 1 });
  assert.deepEqual([totalCount, fileSet.length], [all.totalCount, 1]);
});

test('ModifyVodClass moves a video to another class', async () => {
  const [fileId, classId] = [await aVideo(), await aClass()];
  assert.equal((await service.call('ModifyVodClass', { fileId, classId })).code, 0);
  const { fileSet } = await service.call('DescribeVodInfo', { 'fileIds.0': fileId });
  assert.equal(fileSet[0].classId, classId);
});

describe('an unknown class', () => {
  for (const action of ['ModifyVodInfo', 'ModifyVodClass']) {
    test(`answers 1905 to ${action}, and changes nothing`, async () => {
      const fileId = await aVideo();
      const { code, message } = await service.call(action, { fileId, classId: 99_999, fileName: 'other' });
      assert.equal(code, 1905);
      assert.match(message, /class/);
      const { basicInfo } = await service.call('GetVideoInfo', { fileId });
      assert.deepEqual([basicInfo.name, basicInfo.classificationId], ['clip', 0]);
    });
  }

  test('answers -10003 to InitUpload already, and begins nothing', async () => {
    const file = announcement(await uniqueClip());
    const refused = await service.call.upload('InitUpload', { ...file, classId: 99_999 });
    assert.deepEqual([refused.code, refused.canRetry], [-10003, 0]);
    assert.match(refused.message, /class/);
    assert.equal((await service.call.upload('FinishUpload', { fileSha: file.fileSha! })).code, -10005);
    assert.equal((await service.call.upload('InitUpload', file)).code, 0);
  });
});

test('whatever is wrong with a tag, CreateVodTags answers 1000 and adds none', async () => {
  const fileId = await aVideo();
  for (const tag of ['nine char', 'ninechars', 'a b', 'a,b', '标签标签标签标签标', '\t', 'ä'.repeat(129)]) {
    const { code, message } = await service.call('CreateVodTags', {
      fileId,
      'tags.0': 'good',
      'tags.1': tag,
    });
    assert.equal(code, 1000, `${tag}: ${code} ${message}`);
    assert.match(message, /tag/);
  }
  const { basicInfo } = await service.call('GetVideoInfo', { fileId });
  assert.deepEqual(basicInfo.tags, []);
  const { code } = await service.call('CreateVodTags', {
    fileId,
    'tags.0': '标签标签标签标签',
    'tags.1': 'ninechar',
  });
  assert.equal(code, 0);
});

test('ConfirmEvent with a malformed handle confirms none of the others', async () => {
  for (let n = 0; n < 2; n++) await aVideo();
  const pull = async (): Promise<Answer[]> => (await service.call('PullEvent')).eventList ?? [];
  ahead += LEASE;
  const pulled = await pull();
  assert.ok(pulled.length >= 2);
  const handles = Object.fromEntries(pulled.map(({ msgHandle }, n) => [`msgHandle.${n}`, msgHandle]));
  const { code, message } = await service.call('ConfirmEvent', { ...handles, 'msgHandle.99': 'MsgHandle1' });
  assert.equal(code, 1000);
  assert.match(message, /msgHandle/);
  ahead += LEASE;
  const again = await pull();
  assert.deepEqual(
    again.map(({ eventContent }) => eventContent),
    pulled.map(({ eventContent }) => eventContent),
  );
  const fresh = Object.fromEntries(again.map(({ msgHandle }, n) => [`msgHandle.${n}`, msgHandle]));
  assert.equal((await service.call('ConfirmEvent', fresh)).code, 0);
  ahead += LEASE;
  assert.deepEqual(await pull(), []);
});

describe('what is not served says what is', () => {
  async function message(path: string, init?: RequestInit): Promise<Answer> {
    const response = await fetch(service.url + path, init);
    return (await response.json()) as Answer;
  }

  test('the path of the generation before names the right one', async () => {
    const answer = await message('/v1/index.php?Action=DescribeVodInfo');
    assert.ok(answer.code > 0);
    assert.match(answer.message, /\/v2\/index\.php/);
  });

  test('an Action in the query of a POST is named', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await message('/v2/index.php?Action=DescribeVodInfo', {
      ...{ method: 'POST', headers, body: 'fileIds.0=1' },
    });
    assert.equal(answer.code, 4000);
    assert.match(answer.message, /Action=DescribeVodInfo stands in the query/);
  });

  const notOffered: [action: string, reason: RegExp][] = [
    ['DescribeMediaInfos', /not offered yet/],
    ['ApplyUpload', /not offered yet/],
    ['VodBackupGet', /not offered: it is a draft of the original that was never released/],
  ];
  for (const [action, reason] of notOffered) {
    test(`${action} is not offered, and says why`, async () => {
      const answer = await service.call(action);
      assert.equal(answer.code, 6100);
      assert.match(answer.message, reason);
      assert.doesNotMatch(answer.message, /exist/);
    });
  }

  test('an action of nobody does not exist', async () => {
    const answer = await service.call('FlyToTheMoon');
    assert.equal(answer.code, 4000);
    assert.match(answer.message, /FlyToTheMoon/);
  });
});
