import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { Bell } from './bell.ts';

const never = new AbortController().signal;

/** Counts the looks of somebody who listens. */
function listen(bell: Bell): { looks: number } {
  const counter = { looks: 0 };
  const listener = bell.listener();
  (async () => {
    for (;;) {
      await listener.pause(Number.POSITIVE_INFINITY, never);
      counter.looks += 1;
    }
  })();
  return counter;
}

test('listeners look twice a second, and more often after a ring', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const bell = new Bell();
  const counters = [listen(bell), listen(bell)];
  async function pass(ms: number): Promise<void> {
    t.mock.timers.tick(ms);
    await turn();
  }
  async function expect(looks: number): Promise<void> {
    await turn();
    assert.deepEqual(counters, [{ looks }, { looks }]);
  }
  await pass(499);
  await expect(0);
  await pass(1);
  await expect(1);
  bell.ring();
  await expect(2);
  let looks = 2;
  for (const pause of [5, 10, 20, 40, 80, 160, 320, 500, 500]) {
    await pass(pause - 1);
    await expect(looks);
    await pass(1);
    looks += 1;
    await expect(looks);
  }
});

test('a ring between two pauses is not missed', async () => {
  const bell = new Bell();
  const listener = bell.listener();
  bell.ring();
  await listener.pause(Number.POSITIVE_INFINITY, never);
});
