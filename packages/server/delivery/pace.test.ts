import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Pace } from './pace.ts';

const PIECE = 2 * 1024 ** 2;

describe('the pace of answers', () => {
  test('a few pieces are written at once, and the rest in the turns after, in the order of asking', async () => {
    const pace = new Pace();
    const written: number[] = [];
    for (let index = 0; index < 10; index++) {
      const turn = pace.ask(PIECE);
      if (turn) void turn.then(() => written.push(index));
      else written.push(index);
    }
    assert.deepEqual(written, [0, 1, 2, 3]);
    await nextTurn();
    assert.deepEqual(written, [0, 1, 2, 3, 4, 5, 6, 7]);
    await nextTurn();
    assert.deepEqual(written, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    await nextTurn();
    assert.equal(pace.ask(PIECE), null, 'and a new turn has room again');
  });

  test('while clients connect, a turn writes one piece, and never none', async () => {
    const pace = new Pace();
    let written = 0;
    pace.came();
    for (let index = 0; index < 12; index++) {
      const turn = pace.ask(PIECE);
      if (turn) void turn.then(() => written++);
      else written++;
    }
    for (const expected of [1, 2, 3]) {
      assert.equal(written, expected);
      pace.came();
      await nextTurn();
    }
    await nextTurn();
    assert.ok(written >= 7, `nobody connects any more, and ${written} are written`);
  });
});
