import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { TurnBudget } from './turn-budget.ts';

const PIECE = 2 * 1024 ** 2;

describe('turns of the event loop', () => {
  test('a few pieces are done at once, and the rest in the turns after, in the order of asking', async () => {
    const turns = new TurnBudget(4 * PIECE);
    const written: number[] = [];
    for (let index = 0; index < 10; index++) {
      const later = turns.ask(PIECE);
      if (later) void later.then(() => written.push(index));
      else written.push(index);
    }
    assert.deepEqual(written, [0, 1, 2, 3]);
    await nextTurn();
    assert.deepEqual(written, [0, 1, 2, 3, 4, 5, 6, 7]);
    await nextTurn();
    assert.deepEqual(written, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    await nextTurn();
    assert.equal(turns.ask(PIECE), null, 'and a new turn has room again');
  });

  test('while clients connect, a turn does one piece, and never none', async () => {
    const turns = new TurnBudget(4 * PIECE);
    let written = 0;
    turns.came();
    for (let index = 0; index < 12; index++) {
      const later = turns.ask(PIECE);
      if (later) void later.then(() => written++);
      else written++;
    }
    for (const expected of [1, 2, 3]) {
      assert.equal(written, expected);
      turns.came();
      await nextTurn();
    }
    await nextTurn();
    assert.ok(written >= 7, `nobody connects any more, and ${written} are done`);
  });
});
