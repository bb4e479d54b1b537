import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { rangeArguments, rangeWithin } from './range.ts';

test('times count from the beginning, below zero from the end, and end with the film', () => {
  const cases: [number, number | null, [number, number] | null][] = [
    [0, null, [0, 10_000]],
    [2000, -3000, [2000, 7000]],
    [-4000, -1000, [6000, 9000]],
    [-60_000, 4000, [0, 4000]],
    [8000, 60_000, [8000, 10_000]],
    [10_000, null, null],
    [4000, 4000, null],
    [5000, 2000, null],
    [-2000, 3000, null],
    [0, -10_000, null],
  ];
  for (const [startMs, endMs, expected] of cases) {
    const range = rangeWithin({ startMs, endMs }, 10_000);
    assert.deepEqual(range && [range.startMs, range.endMs], expected, `${startMs} to ${endMs}`);
  }
});

test('a range is never empty and never outside of the film', () => {
  const time = fc.integer({ min: -200_000, max: 200_000 });
  const asked = fc.record({ startMs: time, endMs: fc.option(time) });
  fc.assert(
    fc.property(asked, fc.integer({ min: 0, max: 100_000 }), (range, durationMs) => {
      const found = rangeWithin(range, durationMs);
      if (found === null) return;
      assert.ok(found.startMs >= 0 && found.startMs < found.endMs && found.endMs <= durationMs);
    }),
  );
});

test('frames at the start belong to the range, those at its end do not, however they are rounded', () => {
  assert.deepEqual(rangeArguments({ startMs: 2000, endMs: 4000 }), ['-ss', '1.999900', '-t', '2.000000']);
  assert.deepEqual(rangeArguments({ startMs: 0, endMs: 4000 }), ['-t', '3.999900']);
});
