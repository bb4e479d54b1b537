import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { seededRandom } from '../../e2e/testing/random.ts';
import { damaged } from './damage.ts';

const bytes = fc.uint8Array({ minLength: 1, maxLength: 3000 }).map((array) => Buffer.from(array));

test('damage never changes the file that it is made of, is never empty, and is the same for the same seed', () => {
  fc.assert(
    fc.property(bytes, bytes, fc.nat(), (film, other, seed) => {
      const before = Buffer.from(film);
      const one = damaged(film, other, seededRandom(seed));
      assert.deepEqual(film, before);
      assert.ok(one.bytes.length > 0);
      assert.deepEqual(damaged(film, other, seededRandom(seed)), one);
    }),
    { numRuns: 300 },
  );
});

test('every way of damage comes up', () => {
  const random = seededRandom(1);
  const film = Buffer.alloc(500, 'moov    stts    ');
  const ways = new Set(Array.from({ length: 500 }, () => damaged(film, film, random).how));
  assert.equal(ways.size, 13);
});
