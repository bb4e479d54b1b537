import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askForPostgres, sharePostgres } from './shared-postgres.ts';

test('everybody who asks is told the address', async () => {
  let asked = 0;
  const broker = await sharePostgres(async () => {
    asked++;
    return 'postgres://somewhere';
  });
  assert.equal(asked, 0, 'nobody asks, nothing starts');
  const answers = await Promise.all([1, 2, 3].map(() => askForPostgres(broker.port)));
  broker.close();
  assert.deepEqual(answers, Array(3).fill('postgres://somewhere'));
});

test('a server that does not start fails those who ask, with the reason', async () => {
  const broker = await sharePostgres(async () => {
    throw new Error('no room on the disk');
  });
  await assert.rejects(askForPostgres(broker.port), /no room on the disk/);
  broker.close();
});
