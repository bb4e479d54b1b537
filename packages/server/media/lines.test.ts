import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { lineReader } from './lines.ts';

test('lines are the same however the text is cut', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a\n]{0,4}$/)), (pieces) => {
      const seen: string[] = [];
      const read = lineReader((line) => seen.push(line));
      for (const piece of pieces) assert.equal(read(piece), piece.includes('\n'));
      assert.deepEqual(seen, pieces.join('').split('\n').slice(0, -1));
    }),
  );
});
