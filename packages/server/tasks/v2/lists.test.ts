import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type Action,
  actionByName,
  type ParameterTree,
  type ParamsOf,
  parseParams,
} from '@openvod/contract/v2';
import { silentLogger } from '../../common/log.ts';
import { describeOnBothDatabases, type TestDatabase } from '../../testing/databases.ts';
import { asOnTheWire, WireError } from '../../testing/wire-error.ts';
import { createTasks } from '../index.ts';
import { hasEnded } from '../state.ts';

const APP = '1250000001';
/** A whole second. */
const NOW = Date.UTC(2026, 0, 10, 12);
const HOUR = 3600_000;

// biome-ignore lint/suspicious/noExplicitAny: wire results are checked by value
type Wire = any;

/** The task actions over a table of flows, at a time of its own. */
function world({ database }: TestDatabase) {
  const tasks = createTasks({ database, clock: () => NOW, log: silentLogger });
  return {
    tasks,
    create: (id: string, createdAt: number, videoId = '7', appId = APP) =>
      database.transaction((trx) =>
        tasks.createFlow(
          trx,
          { id, appId, videoId, kind: 'procedure', jobs: [{ type: 'transcode', input: {} }] },
          createdAt,
        ),
      ),
    async begin(id: string, at: number) {
      assert.ok(await tasks.claim(id, { token: id, until: at + HOUR }, at));
    },
    async end(id: string, at: number) {
      await this.begin(id, at);
      const failure = { kind: 'system', message: 'x' };
      await tasks.change(
        id,
        id,
        (flow) => ({
          ...flow,
          status: 'finished',
          finishedAt: at,
          changedAt: at,
          lease: null,
          jobs: flow.jobs.map((job) => (hasEnded(job) ? job : { ...job, status: 'failed', failure })),
        }),
        at,
      );
    },
    async call(name: string, tree: ParameterTree = {}, now = NOW): Promise<Wire> {
      const action = actionByName(name) as Action;
      const found = tasks.v2.find((one) => one.action === action)!;
      const parsed = parseParams(action, tree);
      if (!parsed.ok) return { code: 4000, message: parsed.message };
      const signal = new AbortController().signal;
      return asOnTheWire(action, () =>
        found.run(parsed.value as ParamsOf<Action>, { appId: APP, now, signal, log: silentLogger }),
      );
    },
  };
}

const ids = (list: { vodTaskId: string }[]) => list.map(({ vodTaskId }) => vodTaskId);

describeOnBothDatabases('lists and counts of tasks', (open) => {
  test('are of the application, of the last 72 hours, and by status', async () => {
    await using database = await open();
    const w = world(database);
    await w.create('old', NOW - 80 * HOUR);
    await w.end('old', NOW - 72 * HOUR);
    await w.create('ended', NOW - 80 * HOUR);
    await w.end('ended', NOW - 72 * HOUR + 1000);
    for (const id of ['w1', 'w2']) await w.create(id, NOW - HOUR);
    await w.create('busy', NOW - HOUR);
    await w.begin('busy', NOW - 1000);
    await w.create('foreign', NOW, '7', '1250000002');

    const all = [
      ['WAITING', 2],
      ['PROCESSING', 1],
      ['FINISHED', 1],
    ].map(([status, totalCount]) => ({
      ...{ status, totalCount },
    }));
    assert.deepEqual(await w.call('TaskStatusStat'), { data: all });
    assert.deepEqual(await w.call('ShowTaskStat', { status: 'finished' }), { data: [all[2]] });
    assert.match((await w.call('TaskStatusStat', { status: 'lost' })).message, /^status must be one of/);
    assert.deepEqual(await w.call('GetTaskCountInQueue', { taskId: 'x' }), { num: 2 });
    const taskId = { 0: 'w1', 1: 'busy', 2: 'ended', 3: 'old', 4: 'foreign', 5: 'nobody' };
    assert.deepEqual(
      (await w.call('GetVodTaskStatus', { taskId })).taskList.map((one: Wire) => [one.taskId, one.status]),
      [
        ['w1', 'Queuing'],
        ['busy', 'Processing'],
        ['ended', 'Finished'],
        ['old', 'NotFound'],
        ['foreign', 'NotFound'],
        ['nobody', 'NotFound'],
      ],
    );
    assert.match((await w.call('GetVodTaskStatus')).message, /^taskId is required/);
    const many = Object.fromEntries(Array.from({ length: 101 }, (_, i) => [i, 'x']));
    assert.match((await w.call('GetVodTaskStatus', { taskId: many })).message, /at most 100/);
    const { data } = await w.call('GetTaskList');
    assert.deepEqual(
      data.map((group: Wire) => ids(group.taskList).length),
      [2, 1, 1],
    );
  });

  test('the older lists go by creation, either way, within bounds and after a place', async () => {
    await using database = await open();
    const w = world(database);
    const seconds = (n: number) => NOW / 1000 - 100 + n;
    for (let n = 0; n < 15; n++) await w.create(`t${n}`, seconds(n) * 1000 + 10, n === 3 ? '8' : '7');
    await w.begin('t1', NOW);
    await w.end('t2', NOW);
    const names = (...numbers: number[]) => numbers.map((n) => `t${n}`);

    const byFile = async (more: ParameterTree = {}) => {
      const answer = await w.call('GetTaskListByFileId', { fileId: '7', ...more });
      assert.deepEqual(answer.procedureList, answer.vodTaskList);
      return answer.vodTaskList;
    };
    const [first, second, third] = await byFile();
    const times = { createTime: seconds(0), updateTime: seconds(0) };
    assert.deepEqual(first, { vodTaskId: 't0', type: 'procedure', status: 'PROCESSING', ...times });
    assert.deepEqual([second.status, third.status], ['PROCESSING', 'FINISH']);
    assert.deepEqual(ids(await byFile()), names(0, 1, 2, 4, 5, 6, 7, 8, 9, 10));
    assert.deepEqual(ids(await byFile({ order: 'desc', size: '3' })), names(14, 13, 12));
    assert.deepEqual(ids(await byFile({ next: `${seconds(10)}` })), names(11, 12, 13, 14));
    assert.deepEqual(ids(await byFile({ order: 'desc', next: `${seconds(2)}` })), names(1, 0));
    const bounds = { startTime: `${seconds(4)}`, endTime: `${seconds(7)}` };
    assert.deepEqual(ids(await byFile(bounds)), names(5, 6));
    assert.deepEqual(ids(await byFile({ status: 'finish' })), names(2));
    assert.equal((await byFile({ status: 'Processing', size: '100' })).length, 13);
    assert.deepEqual(await byFile({ fileId: '9' }), []);
    assert.match((await w.call('GetTaskListByFileId')).message, /^fileId is required/);
    const wrong = await w.call('GetTaskListByFileId', { fileId: '7', order: 'up' });
    assert.match(wrong.message, /^order must be one of/);

    const flat = async (more: ParameterTree) => ids((await w.call('GetTaskList', more)).vodTaskList);
    assert.equal((await w.call('GetTaskList')).vodTaskList, undefined);
    assert.deepEqual(await flat({ vodTaskId: 't3' }), ['t3']);
    assert.deepEqual(await flat({ vodTaskId: 't3', status: 'Finish' }), []);
    assert.deepEqual(await flat({ order: 'desc', size: '2', status: 'QUEUE' }), names(14, 13));
    assert.deepEqual(await flat({ next: 't11' }), names(12, 13, 14));
    assert.deepEqual(await flat({ ...bounds, fileId: '7' }), names(5, 6));
    const { data, procedureList } = await w.call('GetTaskList', { order: 'asc', size: '100' });
    assert.deepEqual([data.length, procedureList.length], [3, 15]);
    await assert.rejects(
      w.call('GetTaskList', { next: 'nobody' }),
      (error) => error instanceof WireError && error.code === 1000 && /nobody/.test(error.message),
    );
  });
});
