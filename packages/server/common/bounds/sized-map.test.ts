import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { SizedMap } from './sized-map.ts';

test('what was used longest ago goes when the budget is spent', () => {
  const map = new SizedMap<string>(9, (value) => value.length);
  map.set('a', '11');
  map.set('b', '22');
  map.set('c', '33');
  assert.equal(map.get('a'), '11');
  map.set('d', '44');
  assert.deepEqual(
    ['a', 'b', 'c', 'd'].map((key) => map.get(key)),
    ['11', undefined, '33', '44'],
  );
  assert.equal(map.bytes, 9);
});

test('what is larger than the budget is not kept, and takes the place of nothing but its own', () => {
  const map = new SizedMap<string>(5, (value) => value.length);
  map.set('a', '1');
  map.set('b', '123456');
  assert.equal(map.get('a'), '1');
  map.set('a', '123456');
  assert.deepEqual([map.get('a'), map.bytes], [undefined, 0]);
});

test('whatever is put in, it never takes more than the budget, and what it says is what is there', () => {
  const entry = fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.string({ maxLength: 30 }));
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 50 }), (entries) => {
      const map = new SizedMap<string>(40, (value) => value.length);
      for (const [key, value] of entries) map.set(key, value);
      const held = ['a', 'b', 'c', 'd', 'e'].flatMap((key) => map.get(key) ?? []);
      assert.equal(map.bytes, held.join('').length + held.length);
      assert.ok(map.bytes <= 40);
    }),
  );
});
