import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outageOf } from '../common/faults/outage.ts';
import { DatabaseUnavailable, type UnavailableReason } from './unavailable.ts';

const outages: [UnavailableReason, string][] = [
  ['away', 'database'],
  ['busy', 'database'],
  ['disk', 'database'],
  ['full', 'space'],
];
for (const [reason, outage] of outages) {
  test(`who works waits for ${outage} when the database is ${reason}`, () => {
    const fault = new DatabaseUnavailable(reason, new Error('words'), false);
    assert.equal(outageOf(new Error('a task met it', { cause: fault })), outage);
  });
}
