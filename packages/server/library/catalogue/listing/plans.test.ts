import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { anyTables } from '../../../testing/any-tables.ts';
import { describeOnBothDatabases } from '../../../testing/databases.ts';
import { planOf, recording } from '../../../testing/query-plans.ts';
import { sweep } from '../../deletion/sweep.ts';
import { bulkId, insertManyVideos } from '../../testing/bulk.ts';
import { APP, createFixture } from '../../testing/fixture.ts';
import { newRendition } from '../../testing/media.ts';

const FROM = Date.UTC(2025, 0, 1, 0, 10);

describeOnBothDatabases('query plans', (open) => {
  test('no statement of the library reads a table from end to end', async (t) => {
    await using opened = await open();
    await insertManyVideos(opened.database, {
      appId: APP,
      count: 7000,
      from: FROM,
      every: 7 * 60_000,
      definitions: [20],
    });
    const { database } = opened;
    const fixture = createFixture(opened);
    const { call, library, inTransaction } = fixture;
    const statements = recording(t);

    const { newClassId } = await call('CreateClass', { className: 'a' });
    await call('ModifyClass', { classId: newClassId, className: 'b' });
    await call('DescribeAllClass');
    await call('DescribeClass');
    const fileId = bulkId(11);
    await call('DescribeVodPlayUrls', { fileId });
    await call('GetVideoInfo', { fileId });
    await call('DescribeVodInfo', { fileIds: { 0: fileId } });
    const window = { from: '2025-01-03 00:00:01', to: '2025-01-30 00:00:01' };
    for (const filter of [{}, { classId: '3' }, { status: '2' }, { classId: '3', status: '2' }]) {
      for (const pageNo of ['1', '40']) {
        await call('DescribeVodInfo', { ...filter, pageNo, pageSize: '15' });
        await call('DescribeVodInfo', { ...filter, ...window, pageNo, orderby: '1' });
      }
    }
    for (const fileName of ['recording 0000', 'recording', 'none']) {
      await call('DescribeVodPlayInfo', { fileName, pageNo: '3' });
    }
    await call('CreateVodTags', { fileId, tags: { 0: 'a' } });
    await call('ModifyVodInfo', { fileId, fileName: 'x', classId: newClassId, expireTimeStamp: '9' });
    await inTransaction((trx) => library.outputs.save(trx, APP, fileId, [newRendition(30)], 1));
    await inTransaction((trx) => library.videos.findBySha1(trx, APP, 'x', 1));
    await call('DescribeVodPlayInfo', { fileName: 'recording', pageNo: '3', orderby: '1' });
    await call('DeleteClass', { classId: newClassId });
    await call('DeleteVodFile', { fileId: bulkId(12), priority: '2' });
    await sweep(fixture.sweeping, new AbortController().signal);

    if (database.dialect === 'postgres') await sql`analyze`.execute(anyTables(database.db));
    t.mock.restoreAll();
    const planned = [...statements.values()].filter(({ query }) => query.kind !== 'RawNode');
    assert.ok(planned.length > 30);
    await database.transaction(async (trx) => {
      // A planner that prefers to read small tables whole would hide whether it could do otherwise.
      if (database.dialect === 'postgres') await sql`set local enable_seqscan = off`.execute(anyTables(trx));
      for (const statement of planned) {
        const plan = await planOf(database.dialect, trx, statement);
        assert.doesNotMatch(plan, /^SCAN (?!.*VALUES)|Seq Scan on/m, `${statement.sql}\n${plan}`);
        assert.doesNotMatch(
          plan,
          /videos USING .*\(app_id=\?\)/,
          `all of an account: ${statement.sql}\n${plan}`,
        );
      }
    });
  });

  test('what plays is read from one index and nothing else', async (t) => {
    await using opened = await open();
    const { database } = opened;
    const { library } = createFixture(opened);
    const statements = recording(t);
    await library.outputs.playable(APP, bulkId(1));
    const [statement, ...others] = statements.values();
    assert.equal(others.length, 0);
    const plan = await database.transaction(async (trx) => {
      if (database.dialect === 'postgres') {
        for (const setting of ['seqscan', 'bitmapscan', 'sort']) {
          await sql`set local ${sql.raw(`enable_${setting}`)} = off`.execute(anyTables(trx));
        }
      }
      return planOf(database.dialect, trx, statement!);
    });
    assert.match(plan, /COVERING INDEX outputs_for_playback|Index Only Scan using outputs_for_playback/);
    assert.equal(plan.match(/SEARCH|Scan/g)?.length, 1, plan);
  });
});
