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

test('what a failed store may still read is used again ten seconds later', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const memory = new PartMemory(LIMIT);
  memory.giveLater(await memory.take(LIMIT));
  let served = false;
  const next = memory.take(1).then(() => {
    served = true;
  });
  t.mock.timers.tick(9999);
  await Promise.resolve();
  assert.equal(served, false);
  t.mock.timers.tick(1);
  await next;
});

test('more than all of it cannot be had', () => {
  assert.throws(() => new PartMemory(LIMIT).take(LIMIT + 1), RangeError);
});

test('whatever is taken, kept and given, the limit holds, nobody shares a byte, and all are served in the end', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const step = fc.record({
    size: fc.integer({ min: 1, max: LIMIT }),
    end: fc.constantFrom('give', 'giveLater', 'keep'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const memory = new PartMemory(LIMIT);
      const inUse = new Set<number>();
      await Promise.all(
        steps.map(async ({ size, end }) => {
          const bytes = await memory.take(size);
          assert.equal(bytes.length, size);
          assert.ok(memory.allocated <= LIMIT);
          const own = Array.from(bytes, (_, index) => bytes.byteOffset + index);
          for (const byte of own) assert.ok(!inUse.has(byte));
          for (const byte of own) inUse.add(byte);
          await new Promise(setImmediate);
          t.mock.timers.tick(10_000);
          for (const byte of own) inUse.delete(byte);
          if (end === 'keep') memory.keep(bytes, () => {});
          else memory[end as 'give' | 'giveLater'](bytes);
          t.mock.timers.tick(10_000);
        }),
      );
      assert.equal(memory.short, false);
    }),
  );
});
