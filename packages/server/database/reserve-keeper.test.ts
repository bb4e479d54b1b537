import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { silentLogger } from '../common/log.ts';
import { createReserveKeeper } from './index.ts';

const MIB = 1024 ** 2;
const turn = () => new Promise(setImmediate);

test('the reserve is looked after at the start and every minute, while the disk has room for it', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const keepReserve = mock.fn(async () => {});
  let free: number | null = 31 * MIB;
  const keeper = createReserveKeeper({
    database: { keepReserve },
    freeBytes: async () => free,
    log: silentLogger,
  });
  await keeper.start();
  assert.equal(keepReserve.mock.callCount(), 0);
  free = 32 * MIB;
  keepReserve.mock.mockImplementationOnce(() => Promise.reject(new Error('full all the same')));
  for (const calls of [1, 2]) {
    t.mock.timers.tick(60_000);
    await turn();
    assert.equal(keepReserve.mock.callCount(), calls);
  }
  free = null;
  t.mock.timers.tick(60_000);
  await keeper.stop();
  assert.equal(keepReserve.mock.callCount(), 2);
});
