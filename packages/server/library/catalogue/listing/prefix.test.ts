import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { prefixRange } from './prefix.ts';

const last = '\u{10ffff}';
const table: [prefix: string, below: string | null][] = [
  ['a', 'b'],
  ['az', 'a{'],
  ['100%', '100&'],
  ['\u00ff', '\u0100'],
  ['\ud7ff', '\ue000'],
  ['\uffff', '\u{10000}'],
  [`a${last}`, 'b'],
  [`a${last}${last}`, 'b'],
  [last, null],
  ['', null],
];

test('the range of a prefix ends at the next text that has not got it', () => {
  for (const [prefix, below] of table) assert.deepEqual(prefixRange(prefix), { from: prefix, below });
});

test('in the order of UTF-8 bytes, the range holds exactly the texts with the prefix', () => {
  const text = fc.string({ unit: 'binary', maxLength: 4 });
  fc.assert(
    fc.property(text, text, fc.boolean(), (prefix, other, related) => {
      const candidate = related ? prefix + other : other;
      const { from, below } = prefixRange(prefix);
      const inRange =
        Buffer.compare(Buffer.from(candidate), Buffer.from(from)) >= 0 &&
        (below === null || Buffer.compare(Buffer.from(candidate), Buffer.from(below)) < 0);
      assert.equal(inRange, candidate.startsWith(prefix));
    }),
    { numRuns: 2000 },
  );
});
