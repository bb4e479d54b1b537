import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestPostgres } from './postgres.ts';
import { askForPostgres, sharePostgres } from './shared-postgres.ts';

function fake(url: string) {
  const calls = { starts: 0, stops: 0 };
  const server: TestPostgres = {
    url,
    createDatabase: async () => url,
    stop: async () => {
      calls.stops++;
    },
  };
  const start = async () => {
    calls.starts++;
    return server;
  };
  return { calls, start };
}

test('the server starts once, however many ask at the same time', async () => {
  const { calls, start } = fake('postgres://somewhere');
  const shared = await sharePostgres(start);
  const answers = await Promise.all([1, 2, 3].map(() => askForPostgres(shared.port)));
  await shared.stop();
  assert.deepEqual(answers, Array(3).fill('postgres://somewhere'));
  assert.deepEqual(calls, { starts: 1, stops: 1 });
});

test('nobody asks, nothing starts', async () => {
  const { calls, start } = fake('postgres://somewhere');
  const shared = await sharePostgres(start);
  await shared.stop();
  assert.deepEqual(calls, { starts: 0, stops: 0 });
});

test('where there is no PostgreSQL, everybody is told so', async () => {
  const shared = await sharePostgres(async () => null);
  assert.equal(await askForPostgres(shared.port), null);
  await shared.stop();
});

test('a server that does not start fails those who ask, with the reason', async () => {
  const shared = await sharePostgres(async () => {
    throw new Error('no room on the disk');
  });
  await assert.rejects(askForPostgres(shared.port), /no room on the disk/);
  await shared.stop();
});
