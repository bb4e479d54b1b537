import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseRange } from './ranges.ts';

const whole = { kind: 'whole' } as const;
const unsatisfiable = { kind: 'unsatisfiable' } as const;
const ranges = (...pairs: [number, number][]) => ({
  kind: 'ranges' as const,
  ranges: pairs.map(([start, end]) => ({ start, end })),
});

test('ranges of 1000 bytes', () => {
  const cases: [string, ReturnType<typeof parseRange>][] = [
    ['bytes=0-0', ranges([0, 0])],
    ['bytes=0-999', ranges([0, 999])],
    ['bytes=0-', ranges([0, 999])],
    ['bytes=500-2000', ranges([500, 999])],
    ['bytes=999-', ranges([999, 999])],
    ['bytes=-1', ranges([999, 999])],
    ['bytes=-1000', ranges([0, 999])],
    ['bytes=-5000', ranges([0, 999])],
    ['Bytes=1-2', ranges([1, 2])],
    ['bytes= 1-2 ,\t4-5', ranges([1, 2], [4, 5])],
    ['bytes=,1-2,,4-5,', ranges([1, 2], [4, 5])],
    ['bytes=4-5,1-2', ranges([4, 5], [1, 2])],
    ['bytes=1-2,5000-', ranges([1, 2])],
    ['bytes=1-2,-0', ranges([1, 2])],
    ['bytes=0-99999999999999999999999999', ranges([0, 999])],
    ['bytes=1000-', unsatisfiable],
    ['bytes=1000-2000,3000-', unsatisfiable],
    ['bytes=-0', unsatisfiable],
    ['bytes=99999999999999999999999999-', unsatisfiable],
    ['bytes=2-1', whole],
    ['bytes=1-2,2-1', whole],
    ['bytes=-', whole],
    ['bytes=', whole],
    ['bytes=,', whole],
    ['bytes=a-b', whole],
    ['bytes=1', whole],
    ['bytes=--1', whole],
    ['bytes=1.5-2', whole],
    ['bytes 0-1', whole],
    ['lines=0-1', whole],
    ['', whole],
    // Costs more than the whole.
    ['bytes=0-999,0-999', whole],
    [`bytes=${Array.from({ length: 17 }, (_, n) => `${n * 2}-${n * 2}`)}`, whole],
  ];
  for (const [header, expected] of cases) assert.deepEqual(parseRange(header, 1000), expected, header);
});

test('an empty representation is always sent whole', () => {
  for (const header of ['bytes=0-', 'bytes=-1', 'bytes=0-0']) assert.deepEqual(parseRange(header, 0), whole);
});

test('whatever is asked for, what is sent lies within the representation', () => {
  const number = fc.oneof(fc.nat(2000), fc.constant(''), fc.bigInt({ min: 0n }));
  const spec = fc.tuple(number, number).map(([first, last]) => `${first}-${last}`);
  const header = fc.oneof(
    fc.array(fc.oneof(spec, fc.string()), { maxLength: 20 }).map((specs) => `bytes=${specs}`),
    fc.string(),
  );
  fc.assert(
    fc.property(header, fc.nat(1000), (text, size) => {
      const answer = parseRange(text, size);
      if (answer.kind !== 'ranges') return;
      assert.ok(answer.ranges.length > 0);
      let total = 0;
      for (const { start, end } of answer.ranges) {
        assert.ok(Number.isInteger(start) && start >= 0 && start <= end && end < size, text);
        total += end - start + 1;
      }
      assert.ok(total <= size, text);
    }),
    { numRuns: 2000 },
  );
});

test('a well-formed range means what a slice means', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(400), fc.nat(400), (size, first, length) => {
      const bytes = Array.from({ length: size }, (_, n) => n);
      const answer = parseRange(`bytes=${first}-${first + length}`, size);
      const expected = bytes.slice(first, first + length + 1);
      if (expected.length === 0) return assert.deepEqual(answer, unsatisfiable);
      assert.deepEqual(answer, ranges([expected[0]!, expected.at(-1)!]));
    }),
  );
});
