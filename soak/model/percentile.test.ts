import assert from 'node:assert/strict';
import { test } from 'node:test';
import { percentile } from './percentile.ts';

const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);

const cases: [values: number[], part: number, expected: number][] = [
  [hundred, 0.5, 50],
  [hundred, 0.99, 99],
  [hundred, 1, 100],
  [[7], 0.99, 7],
  [[2, 1], 0.5, 1],
  [[], 0.99, Number.NaN],
];

for (const [values, part, expected] of cases) {
  test(`${part * 100} of 100 of ${values.length} values do not exceed ${expected}`, () => {
    assert.equal(percentile(values, part), expected);
  });
}
