import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { PartMemory } from './part-memory.ts';

const LIMIT = 100;

test('who asks first is served first, also when a later one would fit', async () => {
  const memory = new PartMemory(LIMIT);
  const first = await memory.take(80);
  const order: number[] = [];
  const large = memory.take(60).then(() => order.push(60));
  const small = memory.take(10).then(() => order.push(10));
  assert.equal(memory.short, true);
  memory.give(first);
  await Promise.all([large, small]);
  assert.deepEqual(order, [60, 10]);
  assert.equal(memory.short, false);
});

test('what is only kept goes when somebody needs it, the longest kept first, and its keeper is told', async () => {
  const memory = new PartMemory(LIMIT);
  const taken: string[] = [];
  memory.keep(await memory.take(50), () => taken.push('first'));
  memory.keep(await memory.take(50), () => taken.push('second'));
  await memory.take(30);
  assert.deepEqual(taken, ['first']);
  await memory.take(20);
  assert.deepEqual(taken, ['first'], 'there was room left');
  await memory.take(50);
  assert.deepEqual(taken, ['first', 'second']);
});

test('what is unkept is not taken any more', async () => {
  const memory = new PartMemory(LIMIT);
  const bytes = await memory.take(LIMIT);
  memory.keep(bytes, () => assert.fail('it is in use'));
  memory.unkeep(bytes);
  let served = false;
  const next = memory.take(1).then(() => {
    served = true;
  });
  await Promise.resolve();
  assert.equal(served, false);
  memory.give(bytes);
  await next;
});

test('a buffer is used again by whoever wants as much', async () => {
  const memory = new PartMemory(LIMIT);
  const bytes = await memory.take(40);
  memory.give(bytes);
  assert.equal(await memory.take(40), bytes);
});

test('more than all of it cannot be had', () => {
  assert.throws(() => new PartMemory(LIMIT).take(LIMIT + 1), RangeError);
});

test('whatever is taken, kept and given, the limit holds, nobody shares a buffer, and all are served in the end', async () => {
  const step = fc.record({
    size: fc.integer({ min: 1, max: LIMIT }),
    end: fc.constantFrom('give', 'forget', 'keep'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const memory = new PartMemory(LIMIT);
      const inUse = new Set<Buffer>();
      await Promise.all(
        steps.map(async ({ size, end }) => {
          const bytes = await memory.take(size);
          assert.equal(bytes.length, size);
          assert.ok(memory.allocated <= LIMIT);
          assert.ok(!inUse.has(bytes));
          inUse.add(bytes);
          await new Promise(setImmediate);
          inUse.delete(bytes);
          if (end === 'keep') memory.keep(bytes, () => {});
          else memory[end as 'give' | 'forget'](bytes);
        }),
      );
      assert.equal(memory.short, false);
    }),
  );
});
