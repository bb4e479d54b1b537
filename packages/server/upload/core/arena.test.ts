import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Arena } from './arena.ts';

const SIZE = 100;

test('whatever is cut and given back, no two buffers share a byte, and in the end all of it is one piece again', () => {
  const step = fc.oneof(
    fc.record({ cut: fc.integer({ min: 0, max: SIZE }) }),
    fc.record({ giveBack: fc.nat() }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
      const arena = new Arena(SIZE);
      const inUse: Buffer[] = [];
      for (const one of steps) {
        if ('cut' in one) {
          const bytes = arena.cut(one.cut);
          if (!bytes) continue;
          assert.equal(bytes.length, one.cut);
          inUse.push(bytes);
        } else if (inUse.length > 0) arena.give(inUse.splice(one.giveBack % inUse.length, 1)[0]!);
        const taken = inUse.flatMap(({ byteOffset, length }) =>
          Array.from({ length }, (_, index) => byteOffset + index),
        );
        assert.equal(new Set(taken).size, taken.length);
        assert.equal(arena.used, taken.length);
      }
      for (const bytes of inUse) arena.give(bytes);
      assert.equal(arena.used, 0);
      assert.equal(arena.cut(SIZE)?.length, SIZE);
    }),
  );
});

test('memory is used again from the beginning, so what is needed at most is touched at most', () => {
  const arena = new Arena(SIZE);
  const first = arena.cut(30)!;
  arena.cut(30);
  arena.give(first);
  assert.equal(arena.cut(20)?.byteOffset, 0);
  assert.equal(arena.cut(20)?.byteOffset, 60);
  assert.equal(arena.cut(21), null);
});
