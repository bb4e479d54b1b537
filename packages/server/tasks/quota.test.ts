import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { Refused } from '../common/faults/refused.ts';
import { silentLogger } from '../common/log.ts';
import { describeOnBothDatabases, type TestDatabase } from '../testing/databases.ts';
import { createTasks } from './index.ts';

const APP = '1250000001';
const NOW = Date.UTC(2026, 0, 1);

/** Tasks of applications that may have `most` of them. */
function world({ database }: TestDatabase, most: number | null) {
  const quota = async (appId: string) => (appId === APP ? most : null);
  const tasks = createTasks({ database, clock: () => NOW, log: silentLogger, quota });
  return {
    tasks,
    async create(appId = APP): Promise<string> {
      const id = randomUUID();
      await database.transaction(async (trx) => {
        const jobs = [{ type: 'transcode', input: {} }];
        await tasks.createFlow(trx, { id, appId, kind: 'procedure', jobs }, NOW);
        await tasks.requireWithinQuota(trx, appId);
      });
      return id;
    },
    async finish(id: string): Promise<void> {
      await tasks.claim(id, { token: 'a', until: NOW + 60_000 }, NOW);
      await tasks.change(
        id,
        'a',
        (flow) => ({ ...flow, status: 'finished', finishedAt: NOW, lease: null }),
        NOW,
      );
    },
  };
}

const OVER = { kind: 'task.quota' satisfies Refused['kind'] };

describeOnBothDatabases('the quota of tasks', (open) => {
  test('lets so many in and no more, even when all come at once', async () => {
    await using opened = await open();
    const { create, tasks } = world(opened, 3);
    const results = await Promise.allSettled(Array.from({ length: 12 }, () => create()));
    const refused = results.filter((result) => result.status === 'rejected');
    assert.equal(refused.length, 9);
    for (const { reason } of refused) assert.equal((reason as Refused).kind, OVER.kind);
    const left = await tasks.listFlows(
      { appId: APP, statuses: ['waiting'], newestFirst: true, limit: 100 },
      NOW,
    );
    assert.equal(left.length, 3, 'what was refused has left nothing behind');
  });

  test('counts what is under way, and no more what has ended', async () => {
    await using opened = await open();
    const { create, finish, tasks } = world(opened, 1);
    const first = await create();
    await tasks.claim(first, { token: 'b', until: NOW + 60_000 }, NOW);
    await assert.rejects(create(), OVER);
    await tasks.change(first, 'b', (flow) => ({ ...flow, status: 'waiting', lease: null }), NOW);
    await finish(first);
    await create();
  });

  test('holds for tasks that are to be done again, which stay ended', async () => {
    await using opened = await open();
    const { create, finish, tasks } = world(opened, 1);
    const ended = await create();
    await finish(ended);
    await create();
    await assert.rejects(tasks.redo(APP, ended, NOW), OVER);
    assert.equal((await tasks.findFlow(APP, ended, NOW))?.status, 'finished');
  });

  test('is each application’s own, or none', async () => {
    await using opened = await open();
    const { create } = world(opened, 1);
    await create();
    for (let i = 0; i < 3; i++) await create('2');
  });
});
