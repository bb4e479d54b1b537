import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { BoundedMap } from './bounded-map.ts';

test('when it is full, what was used longest ago goes, and somebody is told', () => {
  const gone: string[] = [];
  const map = new BoundedMap<number, string>(2, { onGone: (value) => gone.push(value) });
  map.set(1, 'one');
  map.set(2, 'two');
  assert.equal(map.get(1), 'one');
  map.set(3, 'three');
  assert.deepEqual(gone, ['two']);
  assert.deepEqual(
    [...map],
    [
      [1, 'one'],
      [3, 'three'],
    ],
  );
  map.set(1, 'again');
  assert.deepEqual(gone, ['two'], 'an entry that is replaced needs no room');
  assert.equal(map.take(1), 'again');
  assert.equal(map.take(1), undefined);
});

test('what is in use stays, also beyond the bound, and goes when it is not any more', () => {
  const map = new BoundedMap<number, { isBusy: boolean }>(1, { mayGo: ({ isBusy }) => !isBusy });
  const [first, second] = [{ isBusy: true }, { isBusy: true }];
  map.set(1, first);
  map.set(2, second);
  assert.equal(map.size, 2);
  first.isBusy = false;
  second.isBusy = false;
  map.set(3, { isBusy: false });
  assert.deepEqual(
    [...map].map(([key]) => key),
    [3],
  );
});

test('whatever is set, looked at and taken, it holds no more than it may and nothing else than it was given', () => {
  const step = fc.record({ what: fc.constantFrom('set', 'get', 'take'), key: fc.nat(12) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 6 }), (steps, max) => {
      const map = new BoundedMap<number, number>(max);
      const truth = new Map<number, number>();
      for (const [index, { what, key }] of steps.entries()) {
        if (what === 'set') {
          map.set(key, index);
          truth.set(key, index);
          assert.equal(map.get(key), index);
        } else {
          const found = what === 'get' ? map.get(key) : map.take(key);
          assert.ok(found === undefined || found === truth.get(key));
        }
        assert.ok(map.size <= max);
      }
    }),
  );
});
