import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CompiledQuery, type KyselyPlugin, type QueryId, type RootOperationNode, sql } from 'kysely';
import type { Database, Executor } from '../../../database/index.ts';
import { anyTables } from '../../../testing/any-tables.ts';
import { describeOnBothDatabases } from '../../../testing/databases.ts';
import { sweep } from '../../deletion/sweep.ts';
import { bulkId, insertManyVideos } from '../../testing/bulk.ts';
import { APP, createFixture } from '../../testing/fixture.ts';
import { newRendition } from '../../testing/media.ts';

const FROM = Date.UTC(2025, 0, 1, 0, 10);

/** Notes every statement that goes through a database. */
function recording(database: Database): { database: Database; statements: Map<string, CompiledQuery> } {
  const statements = new Map<string, CompiledQuery>();
  const plugin: KyselyPlugin = {
    transformQuery({ node, queryId }: { node: RootOperationNode; queryId: QueryId }) {
      const compiled = anyTables(database.db).getExecutor().compileQuery(node, queryId);
      statements.set(compiled.sql, compiled);
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  return {
    database: { ...database, db: anyTables(database.db).withPlugin(plugin) as unknown as Executor },
    statements,
  };
}

/** The database's plan, one step a line. */
async function planOf(dialect: Database['dialect'], trx: Executor, { sql: text, parameters }: CompiledQuery) {
  const explain = dialect === 'sqlite' ? 'explain query plan' : 'explain';
  const { rows } = await anyTables(trx).executeQuery<Record<string, string>>(
    CompiledQuery.raw(`${explain} ${text}`, [...parameters]),
  );
  return rows.map((row) => row.detail ?? row['QUERY PLAN']).join('\n');
}

describeOnBothDatabases('query plans', (open) => {
  test('no statement of the library reads a table from end to end', async () => {
    await using opened = await open();
    await insertManyVideos(opened.database, {
      appId: APP,
      count: 7000,
      from: FROM,
      every: 7 * 60_000,
      definitions: [20],
    });
    const { database, statements } = recording(opened.database);
    const fixture = createFixture({ ...opened, database, [Symbol.asyncDispose]: async () => {} });
    const { call, library, inTransaction } = fixture;

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

    if (database.dialect === 'postgres') await sql`analyze`.execute(anyTables(opened.database.db));
    const planned = [...statements.values()].filter(({ query }) => query.kind !== 'RawNode');
    assert.ok(planned.length > 30);
    await opened.database.transaction(async (trx) => {
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

  test('what plays is read from one index and nothing else', async () => {
    await using opened = await open();
    const { database, statements } = recording(opened.database);
    createFixture({ ...opened, database, [Symbol.asyncDispose]: async () => {} });
    const [statement, ...others] = statements.values();
    assert.equal(others.length, 0);
    const plan = await opened.database.transaction(async (trx) => {
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
