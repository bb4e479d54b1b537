import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { gaps, isPartOf, overlap, type Range } from './ranges.ts';

const SIZE = 40;
const range = fc
  .tuple(fc.nat(SIZE - 1), fc.integer({ min: 1, max: SIZE }))
  .map(([offset, size]): Range => ({ offset, size: Math.min(size, SIZE - offset) }));

const bytesOf = ({ offset, size }: Range) => Array.from({ length: size }, (_, i) => offset + i);

test('gaps are the bytes of a range that no stored part has', () => {
  fc.assert(
    fc.property(range, fc.array(range), (wanted, candidates) => {
      const stored: Range[] = [];
      for (const candidate of candidates) {
        if (!stored.some((other) => overlap(other, candidate))) stored.push(candidate);
      }
      stored.sort((a, b) => a.offset - b.offset);
      const covered = new Set(stored.flatMap(bytesOf));
      const found = gaps(wanted, stored);
      assert.deepEqual(
        found.flatMap(bytesOf),
        bytesOf(wanted).filter((byte) => !covered.has(byte)),
      );
      assert.ok(found.every(({ size }) => size > 0));
    }),
  );
});

test('two ranges overlap when they share a byte', () => {
  fc.assert(
    fc.property(range, range, (a, b) => {
      const bytes = new Set(bytesOf(a));
      assert.equal(
        overlap(a, b),
        bytesOf(b).some((byte) => bytes.has(byte)),
      );
    }),
  );
});

test("the documents' example: 6,000,000 bytes are five parts of 1 MiB and one of 757,120", () => {
  const is = (offset: number, size: number) => isPartOf(6_000_000, 1_048_576, { offset, size });
  for (const offset of [0, 1_048_576, 2_097_152, 3_145_728, 4_194_304]) assert.ok(is(offset, 1_048_576));
  assert.ok(is(5_242_880, 757_120));

  assert.ok(!is(5_242_880, 1_048_576), 'beyond the end');
  assert.ok(!is(5_242_880, 757_119), 'short last part');
  assert.ok(!is(4_194_304, 757_120), 'short part in the middle');
  assert.ok(!is(524_288, 1_048_576), 'between two parts');
  assert.ok(!is(6_291_456, 1), 'behind the end');
  assert.ok(!is(-1_048_576, 1_048_576), 'before the beginning');
});
