import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { FingerprintSet } from './fingerprints.ts';

// Few distinct values, so that members collide in their places; 0 and 1 are next to the mark of a free place.
const half = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constantFrom(1024, 2048, 0xffffffff));

test('a fingerprint is new exactly once, whatever came before', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ high: half, low: half }), { maxLength: 300 }), (fingerprints) => {
      const set = new FingerprintSet();
      const model = new Set<string>();
      for (const { high, low } of fingerprints) {
        const name = high === 0 && low === 0 ? '0 1' : `${high} ${low}`;
        assert.equal(set.add({ high, low }), !model.has(name));
        model.add(name);
      }
      assert.equal(set.size, model.size);
    }),
  );
});

test('it keeps its members when it grows', () => {
  const set = new FingerprintSet();
  for (let i = 1; i <= 20_000; i++) assert.equal(set.add({ high: i * 7, low: i }), true);
  for (let i = 1; i <= 20_000; i++) assert.equal(set.add({ high: i * 7, low: i }), false);
  assert.equal(set.size, 20_000);
});
