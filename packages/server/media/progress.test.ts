import assert from 'node:assert/strict';
import { test } from 'node:test';
import { progressReader } from './progress.ts';

test('progress is read from lines cut anywhere, only rises and stays below 1', () => {
  const seen: number[] = [];
  const read = progressReader(10_000, (fraction) => seen.push(fraction));
  assert.equal(read('frame=1\nout_time_us=N/A\nout_ti'), false);
  assert.equal(read('me_us=5000000\nspeed=1x\n'), true);
  assert.equal(read('out_time_us=4000000\n'), false);
  assert.equal(read('out_time_us=20000000\nprogress=end\n'), true);
  assert.deepEqual(seen, [0.99 * 0.5, 0.99]);
});
