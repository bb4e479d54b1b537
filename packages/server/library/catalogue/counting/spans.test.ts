import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cut, EVER, SPANS } from './spans.ts';

test('spans nest, so that a longer one is made of whole shorter ones', () => {
  const lengths = [EVER.until, ...SPANS];
  for (const [index, shorter] of SPANS.entries()) assert.equal(lengths[index]! % shorter, 0);
});

test('a stretch is cut into whole spans without gap or overlap', () => {
  const moment = fc.integer({ min: 0, max: SPANS[0] * 40 });
  fc.assert(
    fc.property(moment, moment, (from, until) => {
      const pieces = cut({ from, until });
      assert.ok(pieces.length <= 9);
      let end = from;
      for (const piece of pieces) {
        assert.equal(piece.from, end);
        assert.ok(piece.until > piece.from);
        end = piece.until;
        if (piece.span === null) assert.ok(piece.until - piece.from < SPANS.at(-1)!);
        else assert.equal((piece.from % piece.span) + (piece.until % piece.span), 0);
      }
      assert.equal(end, Math.max(from, until));
      assert.ok(pieces.filter(({ span }) => span === null).length <= 2);
    }),
  );
});

test('all time is one piece', () => {
  assert.deepEqual(cut(EVER), [{ ...EVER, span: SPANS[0] }]);
});
