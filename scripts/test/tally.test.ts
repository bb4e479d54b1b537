import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { countFailure, countPass, type Ended, emptyTally, totals } from './tally.ts';

const file = path.resolve('some/room.test.ts');
const details = { duration_ms: 1, type: 'test' };
const inside = { failureType: 'subtestsFailed' };

const cases: [what: string, passes: boolean, ended: Ended, total: string][] = [
  ['a test that passes', true, { name: 'a', file, details }, '1 passed, 0 failed, 0 skipped'],
  ['a test that fails', false, { name: 'a', file, details }, '0 passed, 1 failed, 0 skipped'],
  ['a skipped test', true, { name: 'a', file, skip: 'why', details }, '0 passed, 0 failed, 1 skipped'],
  [
    'a test that is to do and fails',
    false,
    { name: 'a', file, todo: true, details },
    '0 passed, 0 failed, 1 skipped',
  ],
  [
    'a suite that passes',
    true,
    { name: 's', file, details: { ...details, type: 'suite' } },
    '0 passed, 0 failed, 0 skipped',
  ],
  [
    'a skipped suite',
    true,
    { name: 's', file, skip: true, details: { ...details, type: 'suite' } },
    '0 passed, 0 failed, 1 skipped',
  ],
  [
    'a suite in which a test fails',
    false,
    { name: 's', file, details: { ...details, error: inside } },
    '0 passed, 0 failed, 0 skipped',
  ],
  [
    'a suite whose hook fails',
    false,
    { name: 's', file, details: { ...details, error: { failureType: 'hookFailed' } } },
    '0 passed, 1 failed, 0 skipped',
  ],
  ['a file without tests', true, { name: file, file, details }, '0 passed, 0 failed, 0 skipped'],
  ['a file that cannot be loaded', false, { name: file, file, details }, '0 passed, 1 failed, 0 skipped'],
];

for (const [what, passes, ended, total] of cases) {
  test(`${what} counts as ${total}`, () => {
    const tally = emptyTally();
    (passes ? countPass : countFailure)(tally, ended);
    assert.equal(totals(tally), total);
  });
}

test('who failed and who was skipped is named, with the file and the reason', () => {
  const tally = emptyTally();
  countFailure(tally, { name: 'a', file, details });
  countFailure(tally, { name: file, file, details });
  countPass(tally, { name: 'b', file, skip: 'no PostgreSQL', details });
  assert.deepEqual(tally.failed, ['some/room.test.ts: a', 'some/room.test.ts: the file itself']);
  assert.deepEqual(tally.skipped, ['some/room.test.ts: b — no PostgreSQL']);
});
