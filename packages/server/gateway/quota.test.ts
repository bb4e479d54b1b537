import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Refused } from '../common/faults/refused.ts';
import { Quota } from './quota.ts';

const DESCRIBE = { action: 'DescribeVodPlayUrls', rateLimitPerMinute: 100 };
const INIT = { action: 'InitUpload', rateLimitPerMinute: 100 };
const MINUTE = 60_000;
const start = 1000 * MINUTE;

function taken(quota: Quota, account: string, calls: number, now: number): number {
  let granted = 0;
  for (let i = 0; i < calls; i++) {
    try {
      quota.take(account, DESCRIBE, now);
      granted++;
    } catch (error) {
      assert.equal((error as Refused).kind, 'call.quota');
    }
  }
  return granted;
}

test('off, nothing is refused', () => {
  assert.equal(taken(new Quota(null), 'a', 1000, start), 1000);
});

test('the documented figure holds for each account and action on its own', () => {
  const quota = new Quota(1);
  assert.equal(taken(quota, 'a', 150, start), 100);
  assert.equal(taken(quota, 'b', 150, start), 100);
  quota.take('a', INIT, start);
});

test('a number scales the figure, but never to nothing', () => {
  assert.equal(taken(new Quota(0.5), 'a', 150, start), 50);
  assert.equal(taken(new Quota(0.001), 'a', 150, start), 1);
});

test('a new minute does not double the limit at its beginning', () => {
  const quota = new Quota(1);
  assert.equal(taken(quota, 'a', 100, start + MINUTE - 1), 100);
  assert.equal(taken(quota, 'a', 100, start + MINUTE), 0);
  assert.equal(taken(quota, 'a', 100, start + 1.5 * MINUTE), 50);
  assert.equal(taken(quota, 'a', 100, start + 4 * MINUTE), 100);
});

test('an action without a documented figure has no limit', () => {
  const quota = new Quota(1);
  for (let i = 0; i < 1000; i++) quota.take('a', { ...DESCRIBE, rateLimitPerMinute: null }, start);
});

function takenOf(quota: Quota, appId: string, limit: number | null, calls: number, now: number): number {
  let granted = 0;
  for (let i = 0; i < calls; i++) {
    try {
      quota.takeOf(appId, limit, now);
      granted++;
    } catch (error) {
      assert.equal((error as Refused).kind, 'call.quota');
    }
  }
  return granted;
}

test("an application's calls a second are limited whatever the action, each application on its own", () => {
  const quota = new Quota(null);
  assert.equal(takenOf(quota, 'a', 5, 20, start), 5);
  assert.equal(takenOf(quota, 'b', 5, 20, start), 5);
  assert.equal(takenOf(quota, 'c', null, 20, start), 20);
  // Half of the second before still counts after half a second, all is forgotten after two.
  assert.equal(takenOf(quota, 'a', 5, 20, start + 1500), 3);
  assert.equal(takenOf(quota, 'a', 5, 20, start + 4000), 5);
});
