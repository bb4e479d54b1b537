import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  AddKeyFrameDesc,
  DeleteKeyFrameDesc,
  DescribeRecordPlayInfo,
  parseParams,
} from '@openvod/contract/v2';
import { describeOnBothDatabases } from '../../testing/databases.ts';
import { tables } from '../tables.ts';
import { APP, createFixture } from '../testing/fixture.ts';
import { newRendition, newVideo } from '../testing/media.ts';

const FILE = '900000000000000001';

async function world(opened: Parameters<typeof createFixture>[0]) {
  const fixture = createFixture(opened);
  const { library, inTransaction, time, call } = fixture;
  await inTransaction((trx) => library.videos.create(trx, newVideo(APP, FILE), time.now));
  return {
    ...fixture,
    add: (marks: [number, string][]) =>
      call('AddKeyFrameDesc', {
        fileId: FILE,
        keyFrameDesc: Object.fromEntries(
          marks.map(([ms, content], i) => [i, { timeOffset: `${ms}`, content }]),
        ),
      }),
    remove: (...times: number[]) =>
      call('DeleteKeyFrameDesc', { fileId: FILE, keyFrameDescTimeOffset: { ...times.map(String) } }),
    async marks(): Promise<[number, string][]> {
      const { keyFrameDescInfo } = await call('GetVideoInfo', {
        fileId: FILE,
        infoFilter: { 0: 'keyFrameDescInfo' },
      });
      // biome-ignore lint/suspicious/noExplicitAny: wire results are checked by value
      return keyFrameDescInfo?.keyFrameDescList.map((mark: any) => [mark.timeOffset, mark.content]);
    },
  };
}

describeOnBothDatabases('marks of a video', (open) => {
  test('are shown by time, replaced at the same time, and removed', async () => {
    await using opened = await open();
    const w = await world(opened);
    assert.equal(await w.marks(), undefined);
    await w.add([
      [42_000, '第二'],
      [1000, 'first'],
    ]);
    assert.deepEqual(await w.marks(), [
      [1000, 'first'],
      [42_000, '第二'],
    ]);
    await w.add([
      [1000, 'a'],
      [5, 'b'],
      [1000, 'c'],
    ]);
    assert.deepEqual(await w.marks(), [
      [5, 'b'],
      [1000, 'c'],
      [42_000, '第二'],
    ]);
    await w.remove(1000, 7);
    assert.deepEqual(await w.marks(), [
      [5, 'b'],
      [42_000, '第二'],
    ]);
    await w.remove(5, 42_000);
    assert.equal(await w.marks(), undefined);
    const whole = await w.call('GetVideoInfo', { fileId: FILE });
    assert.equal(whole.keyFrameDescInfo, undefined);
  });

  test('are at most 100 of 1024 bytes; what is too much adds nothing', async () => {
    await using opened = await open();
    const w = await world(opened);
    const many = (from: number, count: number) =>
      Array.from({ length: count }, (_, i): [number, string] => [from + i, 'm']);
    await w.add(many(0, 60));
    await assert.rejects(w.add(many(100, 41)), { code: 1000, message: /keyFrameDesc.*at most 100/ });
    assert.equal((await w.marks()).length, 60);
    await w.add(many(20, 80));
    assert.equal((await w.marks()).length, 100);
    await w.add([[0, '点'.repeat(341)]]);
    await assert.rejects(w.add([[0, '点'.repeat(342)]]), { code: 1000, message: /content.*1024 bytes/ });
    await assert.rejects(w.add([[0, 'a\u0000b']]), { code: 1000, message: /content/ });
    assert.equal((await w.marks())[0]?.[1], '点'.repeat(341));
  });

  test('belong to a video, and go with it', async () => {
    await using opened = await open();
    const w = await world(opened);
    await w.add([[1, 'a']]);
    const missing = { fileId: '1', keyFrameDesc: { 0: { timeOffset: '1', content: 'a' } } };
    await assert.rejects(w.call('AddKeyFrameDesc', missing), { code: 10008 });
    const nowhere = { fileId: '1', keyFrameDescTimeOffset: '1' };
    await assert.rejects(w.call('DeleteKeyFrameDesc', nowhere), { code: 10008 });
    await w.call('DeleteVodFile', { fileId: FILE, priority: '0' });
    assert.deepEqual(await tables(opened.database.db).selectFrom('video_marks').selectAll().execute(), []);
  });
});

test('what is no mark is refused by the name of its parameter', () => {
  const mark = { timeOffset: '1', content: 'a' };
  const cases: [typeof AddKeyFrameDesc | typeof DeleteKeyFrameDesc, object, RegExp][] = [
    [AddKeyFrameDesc, {}, /^keyFrameDesc is required/],
    [AddKeyFrameDesc, { keyFrameDesc: { 0: { timeOffset: '1' } } }, /^keyFrameDesc.0.content is required/],
    [
      AddKeyFrameDesc,
      { keyFrameDesc: { 0: { ...mark, timeOffset: '-1' } } },
      /timeOffset must be at least 0/,
    ],
    [AddKeyFrameDesc, { keyFrameDesc: { ...Array(101).fill(mark) } }, /at most 100/],
    [DeleteKeyFrameDesc, {}, /^keyFrameDescTimeOffset is required/],
    [DeleteKeyFrameDesc, { keyFrameDescTimeOffset: 'x' }, /must be an integer/],
  ];
  for (const [action, more, message] of cases) {
    const parsed = parseParams(action, { fileId: '1', ...more });
    assert.match(parsed.ok ? 'accepted' : parsed.message, message);
  }
});

describeOnBothDatabases('a video by its legacy id', (open) => {
  test('is found with its renditions; one that nobody has is an empty list', async () => {
    await using opened = await open();
    const w = await world(opened);
    await w.inTransaction((trx) => w.library.outputs.save(trx, APP, FILE, [newRendition(210)], 1));
    const { vid } = (await w.call('DescribeVodInfo', { fileIds: { 0: FILE } })).fileSet[0];
    const answer = DescribeRecordPlayInfo.result.parse(await w.call('DescribeRecordPlayInfo', { vid }));
    assert.deepEqual(
      [answer.totalCount, answer.fileSet[0]?.fileId, answer.fileSet[0]?.duration],
      [1, FILE, 10],
    );
    assert.deepEqual(
      answer.fileSet[0]?.playSet.map(({ definition }) => definition),
      [0, 210],
    );
    assert.equal(answer.fileSet[0]?.image_url, answer.fileSet[0]?.imageUrl);
    const unknown = [`${APP}_${'f'.repeat(32)}`, `1_${vid.split('_')[1]}`, 'nothing'];
    for (const other of unknown) {
      const none = await w.call('DescribeRecordPlayInfo', { vid: other });
      assert.deepEqual(none, { totalCount: 0, fileSet: [] }, other);
    }
    await assert.rejects(async () => w.call('DescribeRecordPlayInfo', { vid: '' }), /empty/);
  });
});
