import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { InFlight, LEAST_SHARE } from './in-flight.ts';

const MIB = 1024 ** 2;

test('shares are whole while there is much, then smaller, and never less than the least', () => {
  const inFlight = new InFlight(32 * MIB);
  const shares = Array.from({ length: 200 }, () => inFlight.take(2 * MIB));
  assert.deepEqual(shares.slice(0, 8), Array(8).fill(2 * MIB));
  assert.ok(shares.every((share, n) => n === 0 || share <= shares[n - 1]!));
  assert.equal(shares.at(-1), LEAST_SHARE);
  for (const share of shares) inFlight.give(share);
  assert.equal(inFlight.bytes, 0);
  assert.equal(inFlight.take(2 * MIB), 2 * MIB);
});

test('an answer that is small takes no more than it is', () => {
  const inFlight = new InFlight(MIB);
  assert.equal(inFlight.take(100), 100);
  assert.equal(inFlight.bytes, 100);
});

test('never more than the limit and a least share for each answer', () => {
  const step = fc.record({ wanted: fc.integer({ min: 1, max: 4 * MIB }), ends: fc.boolean() });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 8 * MIB }), fc.array(step, { maxLength: 80 }), (limit, steps) => {
      const inFlight = new InFlight(limit);
      const shares: number[] = [];
      for (const { wanted, ends } of steps) {
        const share = inFlight.take(wanted);
        assert.ok(share > 0 && share <= wanted && share >= Math.min(wanted, LEAST_SHARE));
        shares.push(share);
        assert.ok(inFlight.bytes <= limit + shares.length * LEAST_SHARE);
        if (ends) inFlight.give(shares.shift()!);
      }
      for (const share of shares) inFlight.give(share);
      assert.equal(inFlight.bytes, 0);
    }),
  );
});
