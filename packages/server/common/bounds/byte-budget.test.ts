import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ByteBudget } from './byte-budget.ts';

const stays = new AbortController().signal;

test('who asks first is served first, and who leaves makes room for the next', async () => {
  const budget = new ByteBudget(100);
  const giveBack = await budget.take(80, stays);
  const leaving = new AbortController();
  const served: number[] = [];
  const large = budget.take(60, leaving.signal);
  const small = budget.take(20, stays).then(() => served.push(20));
  await new Promise(setImmediate);
  assert.deepEqual(served, []);
  leaving.abort(new Error('left'));
  await assert.rejects(large, { message: 'left' });
  await small;
  assert.equal(budget.held, 100);
  giveBack();
  assert.equal(budget.held, 20);
  await assert.rejects(budget.take(101, stays), RangeError);
});

test('whoever asks, leaves and gives back, the limit holds and everybody is answered', async () => {
  const step = fc.record({ bytes: fc.integer({ min: 1, max: 10 }), leaves: fc.boolean(), turns: fc.nat(3) });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const budget = new ByteBudget(10);
      const all = steps.map(async ({ bytes, leaves, turns }) => {
        const leaving = new AbortController();
        if (leaves) setImmediate(() => leaving.abort());
        const giveBack = await budget.take(bytes, leaving.signal);
        assert.ok(budget.held <= 10);
        for (let i = 0; i < turns; i++) await new Promise(setImmediate);
        giveBack();
      });
      for (const [index, outcome] of (await Promise.allSettled(all)).entries()) {
        if (outcome.status === 'rejected') assert.ok(steps[index]!.leaves, String(outcome.reason));
      }
      assert.equal(budget.held, 0);
    }),
  );
});
