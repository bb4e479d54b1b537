import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeOnBothDatabases } from '../../../testing/databases.ts';
import { bulkId, insertManyVideos } from '../../testing/bulk.ts';
import { APP, createFixture } from '../../testing/fixture.ts';
import { newVideo } from '../../testing/media.ts';

const FROM = Date.UTC(2025, 0, 1, 0, 10);
const EVERY = 7 * 60_000;
const COUNT = 7000;
const BULK = { appId: APP, count: COUNT, from: FROM, every: EVERY, definitions: [] };
const numbers = Array.from({ length: COUNT }, (_, n) => n);
const createdAt = (n: number) => FROM + n * EVERY;
const bulkName = (n: number) => `recording ${String((n * 7919) % 1_000_000).padStart(7, '0')}`;

describeOnBothDatabases('lists', (open) => {
  test('deep pages begin where they should, from either end, with any filter', async () => {
    await using opened = await open();
    const { library, db } = createFixture(opened);
    await insertManyVideos(opened.database, BULK);
    for (const { classId, from, until } of [
      { classId: undefined, from: 0, until: 2 ** 42 },
      { classId: 3, from: 0, until: 2 ** 42 },
      { classId: undefined, from: createdAt(40) + 1, until: createdAt(6900) },
    ]) {
      const expected = numbers
        .filter((n) => classId === undefined || n % 10 === classId)
        .filter((n) => createdAt(n) >= from && createdAt(n) < until)
        .map(bulkId);
      const filter = { classId, created: { from, until } };
      for (const newestFirst of [false, true]) {
        const ordered = newestFirst ? expected.toReversed() : expected;
        for (const skip of [
          0,
          499,
          501,
          690,
          3333,
          expected.length - 5,
          expected.length,
          expected.length + 900,
        ]) {
          const { total, ids } = await library.catalogue.listByTime(db, APP, filter, {
            newestFirst,
            skip,
            take: 20,
          });
          assert.equal(total, expected.length);
          assert.deepEqual(ids, ordered.slice(skip, skip + 20), `from ${skip}`);
        }
      }
    }
  });

  test('a prefix finds the same videos whether few, many or all match', async () => {
    await using opened = await open();
    const { library, db, inTransaction } = createFixture(opened);
    await insertManyVideos(opened.database, BULK);
    for (const prefix of ['recording 0007919', 'recording 000', 'recording 00', 'recording 0', 'recording']) {
      // The last round: not every video matches any more.
      if (prefix === 'recording') {
        await inTransaction((trx) =>
          library.videos.create(trx, newVideo(APP, '5', { name: 'other' }), FROM - 1),
        );
      }
      const expected = numbers.filter((n) => bulkName(n).startsWith(prefix)).map(bulkId);
      for (const newestFirst of [false, true]) {
        const ordered = newestFirst ? expected.toReversed() : expected;
        for (const skip of [0, 10, Math.max(0, expected.length - 3)]) {
          const { total, ids } = await library.catalogue.listByName(db, APP, prefix, {
            newestFirst,
            skip,
            take: 20,
          });
          assert.equal(total, expected.length);
          assert.deepEqual(ids, ordered.slice(skip, skip + 20), `${prefix} from ${skip}`);
        }
      }
    }
  });

  test('every character of a prefix stands for itself', async () => {
    await using opened = await open();
    const { call, inTransaction, library } = createFixture(opened);
    const names = [
      '100%',
      '100_',
      '100%x',
      '1000',
      '100',
      'ABC',
      'abc',
      '测试一',
      '测试二',
      '测',
      '😀a',
      '😀',
      '\ud7ffx',
      '\ue000',
    ];
    for (const [n, name] of names.entries()) {
      await inTransaction((trx) => library.videos.create(trx, newVideo(APP, String(n + 1), { name }), n));
    }
    await inTransaction((trx) => library.videos.create(trx, newVideo('2', '99', { name: '100%' }), 1));
    for (const prefix of [...names, '1', '100%xy', 'a', 'A', '%', '_', '测试', '试', '\0', '1\0']) {
      const { totalCount, fileSet } = await call('DescribeVodPlayInfo', { fileName: prefix });
      const expected = names.filter((name) => name.startsWith(prefix));
      assert.deepEqual(
        fileSet.map(({ fileName }: { fileName: string }) => fileName),
        expected,
        JSON.stringify(prefix),
      );
      assert.equal(totalCount, expected.length);
    }
  });
});
