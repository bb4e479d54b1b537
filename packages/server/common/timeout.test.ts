import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { timeoutAfter } from './timeout.ts';

const DAY = 86_400_000;
/** A mocked clock starts a timer that a timer starts at the end of a tick: so ticks end where timers may. */
const STEP = 2 ** 31 - 1;

function clockOf(t: TestContext) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  return (ms: number) => {
    for (let left = ms; left > 0; left -= STEP) t.mock.timers.tick(Math.min(STEP, left));
  };
}

for (const days of [1 / 86_400, 24, 25, 60, 210]) {
  test(`a timeout of ${days.toFixed(5)} days comes then, once, not earlier`, (t) => {
    const pass = clockOf(t);
    let calls = 0;
    timeoutAfter(days * DAY, () => calls++);
    pass(days * DAY - 1);
    assert.equal(calls, 0);
    pass(1);
    pass(DAY);
    assert.equal(calls, 1);
  });
}

test('real timers do not fire at once either', async () => {
  const timeout = timeoutAfter(2 ** 31, () => assert.fail('at once'));
  await new Promise((resolve) => setTimeout(resolve, 20));
  timeout.clear();
});

test('a refreshed timeout begins anew, a cleared one never comes', (t) => {
  const pass = clockOf(t);
  let calls = 0;
  const timeout = timeoutAfter(30 * DAY, () => calls++);
  pass(29 * DAY);
  timeout.refresh();
  pass(30 * DAY - 1);
  assert.equal(calls, 0);
  pass(1);
  assert.equal(calls, 1);
  const cleared = timeoutAfter(30 * DAY, () => calls++);
  pass(29 * DAY);
  cleared.clear();
  pass(9 * DAY);
  assert.equal(calls, 1);
});
