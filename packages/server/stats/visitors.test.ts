import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { hashOf, Visitors } from './visitors.ts';

const some = (from: number, count: number) => {
  const visitors = new Visitors();
  for (let n = from; n < from + count; n++)
    visitors.add(hashOf(`10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`));
  return visitors;
};

test('few visitors are counted exactly, many to some percent, whoever comes twice', () => {
  for (const count of [0, 1, 7, 256]) assert.equal(some(0, count).count, count);
  for (const count of [257, 1000, 3000, 10_000, 300_000]) {
    const counted = some(0, count).count;
    assert.ok(Math.abs(counted / count - 1) < 0.1, `${counted} for ${count}`);
  }
  const twice = some(0, 100);
  twice.merge(some(0, 100));
  assert.equal(twice.count, 100);
});

test('merging parts, through their texts, gives what counting all at once gives', () => {
  const range = fc.record({ from: fc.nat(2000), count: fc.nat(600) });
  fc.assert(
    fc.property(fc.array(range, { maxLength: 5 }), (ranges) => {
      const whole = new Visitors();
      const merged = new Visitors();
      for (const { from, count } of ranges) {
        const part = some(from, count);
        merged.merge(Visitors.of(String(part)));
        for (let n = from; n < from + count; n++)
          whole.add(hashOf(`10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`));
      }
      assert.equal(String(merged), String(whole));
      assert.equal(Visitors.of(String(merged)).count, whole.count);
    }),
    { numRuns: 50 },
  );
});

test('what a set never wrote is refused', () => {
  for (const text of ['x', 'sAA==', 'dAAAA']) assert.throws(() => Visitors.of(text), text);
});
