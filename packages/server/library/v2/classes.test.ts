import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeOnBothDatabases } from '../../testing/databases.ts';
import { APP, createFixture } from '../testing/fixture.ts';
import { newVideo } from '../testing/media.ts';

describeOnBothDatabases('classes', (open) => {
  test('make a tree, each account its own', async () => {
    await using opened = await open();
    const { call } = createFixture(opened);
    assert.deepEqual(await call('DescribeAllClass'), { data: [] });
    assert.deepEqual(await call('CreateClass', { className: 'films' }), { newClassId: '1' });
    assert.deepEqual(await call('CreateClass', { className: 'old films', parentId: '1' }), {
      newClassId: '2',
    });
    assert.deepEqual(await call('CreateClass', { className: '电影', parentId: '-1' }), { newClassId: '3' });
    assert.deepEqual(await call('CreateClass', { className: 'films' }, '2'), { newClassId: '1' });
    assert.deepEqual(await call('DescribeAllClass'), {
      data: [
        {
          info: { id: 1, parent_id: -1, name: 'films', level: 0, file_num: 0 },
          subclass: [
            { info: { id: 2, parent_id: 1, name: 'old films', level: 1, file_num: 0 }, subclass: [] },
          ],
        },
        { info: { id: 3, parent_id: -1, name: '电影', level: 0, file_num: 0 }, subclass: [] },
      ],
    });
  });

  test('are listed with their times, the built-in class first', async () => {
    await using opened = await open();
    const { call, time } = createFixture(opened);
    time.now = Date.UTC(2026, 0, 1, 16);
    await call('CreateClass', { className: 'a' });
    time.now += 1000;
    await call('ModifyClass', { classId: '1', className: 'b' });
    const { data } = await call('DescribeClass');
    assert.equal(data[0].id, '0');
    assert.equal(data[0].name, '其他');
    assert.deepEqual(data.slice(1), [
      { id: '1', name: 'b', create_time: '2026-01-02 00:00:00', update_time: '2026-01-02 00:00:01' },
    ]);
  });

  test('refuse what cannot be, with the documented codes', async () => {
    await using opened = await open();
    const { call } = createFixture(opened);
    await call('CreateClass', { className: 'a' });
    await call('CreateClass', { className: 'b' });
    await call('CreateClass', { className: 'a', parentId: '1' });
    for (const [action, params, code] of [
      ['CreateClass', { className: 'x', parentId: '0' }, 1903],
      ['CreateClass', { className: 'x', parentId: '9' }, 1904],
      ['CreateClass', { className: 'a' }, 1907],
      ['CreateClass', { className: 'a', parentId: '1' }, 1907],
      ['CreateClass', { className: 'x\0' }, 1000],
      ['ModifyClass', { classId: '9', className: 'x' }, 1905],
      ['ModifyClass', { classId: '2', className: 'a' }, 1907],
      ['ModifyClass', { classId: '0', className: 'x' }, 1000],
      ['DeleteClass', { classId: '9' }, 1905],
      ['DeleteClass', { classId: '-1' }, 1905],
      ['DeleteClass', { classId: '0' }, 1000],
    ] as const) {
      await assert.rejects(call(action, params), { code }, `${action} ${JSON.stringify(params)}`);
      await assert.rejects(call('DeleteClass', { classId: '1' }, '2'), { code: 1905 });
    }
    await call('ModifyClass', { classId: '1', className: 'a' });
  });

  test('go only so deep', async () => {
    await using opened = await open();
    const { call } = createFixture(opened);
    let parentId = '-1';
    for (let level = 0; level < 10; level++) {
      parentId = (await call('CreateClass', { className: 'x', parentId })).newClassId;
    }
    await assert.rejects(call('CreateClass', { className: 'x', parentId }), { code: 1000 });
  });

  test('of one name beside each other are made once, however many ask at the same time', async () => {
    await using opened = await open();
    const { call } = createFixture(opened);
    const asked = Array.from({ length: 5 }, () => call('CreateClass', { className: 'x' }));
    const made = (await Promise.allSettled(asked)).filter(({ status }) => status === 'fulfilled');
    assert.equal(made.length, 1);
  });

  test('that are deleted take those below them along and leave their videos to the default class', async () => {
    await using opened = await open();
    const { call, inTransaction, library } = createFixture(opened);
    await call('CreateClass', { className: 'a' });
    await call('CreateClass', { className: 'b', parentId: '1' });
    await call('CreateClass', { className: 'c' });
    for (const [n, classId] of [0, 1, 2, 2, 3, 77].entries()) {
      await inTransaction((trx) => library.videos.create(trx, newVideo(APP, String(n), { classId }), n));
    }
    const counts = async () => {
      const { data } = await call('DescribeAllClass');
      return JSON.stringify(data).match(/"file_num":\d+/g);
    };
    assert.deepEqual(await counts(), ['"file_num":1', '"file_num":2', '"file_num":1']);
    assert.equal((await call('DescribeVodInfo', { classId: '0' })).totalCount, 2);

    await call('DeleteClass', { classId: '1' });
    assert.deepEqual(await counts(), ['"file_num":1']);
    const { totalCount, fileSet } = await call('DescribeVodInfo', { classId: '0' });
    assert.equal(totalCount, 5);
    assert.deepEqual(
      fileSet.map(({ fileId, className }: { fileId: string; className: string }) => [fileId, className]),
      ['0', '1', '2', '3', '5'].map((id) => [id, '其他']),
    );
    assert.equal((await call('DescribeVodInfo', { classId: '2' })).totalCount, 0);
    assert.equal((await call('DescribeVodInfo')).totalCount, 6);
    // Its id is never given again: a client may still hold it.
    assert.equal((await call('CreateClass', { className: 'a' })).newClassId, '4');
  });
});
