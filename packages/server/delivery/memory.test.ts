import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { costOf, Memory } from './memory.ts';

/** A memory with room for some slices of ten bytes. */
const roomFor = (slices: number) => new Memory(slices * costOf(10));

const bytes = (size: number) => () => Promise.resolve(Buffer.alloc(size));

/** Asks twice, because the first request is not worth keeping. */
async function keep(memory: Memory, id: string, size: number) {
  const first = await memory.takeOrLoad(id, size, bytes(size));
  return first ?? (await memory.takeOrLoad(id, size, bytes(size)));
}

test('a slice is kept from its second request on', async () => {
  const memory = roomFor(10);
  let loads = 0;
  const load = async () => {
    loads += 1;
    return Buffer.from('0123456789');
  };
  assert.equal(await memory.takeOrLoad('a', 10, load), null);
  assert.equal(memory.take('a'), null);
  assert.equal((await memory.takeOrLoad('a', 10, load))?.text, '0123456789');
  assert.equal(memory.take('a')?.bytes.toString(), '0123456789');
  assert.equal(loads, 1);
});

test('simultaneous requests share one load', async () => {
  const memory = roomFor(10);
  let loads = 0;
  const load = async () => {
    loads += 1;
    return Buffer.alloc(10);
  };
  await memory.takeOrLoad('a', 10, load);
  const leases = await Promise.all([1, 2, 3].map(() => memory.takeOrLoad('a', 10, load)));
  assert.ok(leases.every((lease) => lease !== null));
  assert.equal(loads, 1);
  assert.equal(memory.bytes, costOf(10));
});

test('asking for what is there loads nothing and holds nothing twice', async () => {
  const memory = roomFor(10);
  (await keep(memory, 'a', 10))!.release();
  for (let n = 0; n < 3; n++)
    (await memory.takeOrLoad('a', 10, () => Promise.reject(new Error('again'))))!.release();
  assert.equal(memory.bytes, costOf(10));
});

test('the least recently used goes first', async () => {
  const memory = roomFor(3);
  for (const id of ['a', 'b', 'c']) (await keep(memory, id, 10))!.release();
  memory.take('a')!.release();
  (await keep(memory, 'd', 10))!.release();
  assert.deepEqual(
    ['a', 'b', 'c', 'd'].filter((id) => memory.take(id)),
    ['a', 'c', 'd'],
  );
});

test('what is being sent is neither given up nor exceeded', async () => {
  const memory = roomFor(2);
  const [a, b] = [await keep(memory, 'a', 10), await keep(memory, 'b', 10)];
  assert.equal(await keep(memory, 'c', 10), null);
  assert.equal(memory.bytes, 2 * costOf(10));
  a!.release();
  assert.notEqual(await keep(memory, 'c', 10), null);
  assert.equal(memory.take('a'), null);
  b!.release();
});

test('a failed load leaves nothing, and can be tried again', async () => {
  const memory = roomFor(2);
  await memory.takeOrLoad('a', 10, bytes(10));
  await assert.rejects(
    memory.takeOrLoad('a', 10, () => Promise.reject(new Error('gone'))),
    /gone/,
  );
  await memory.takeOrLoad('a', 10, bytes(10));
  await assert.rejects(memory.takeOrLoad('a', 10, bytes(9)), /9 bytes/);
  assert.equal(memory.bytes, 0);
  assert.notEqual(await keep(memory, 'a', 10), null);
});

test('never more than the budget, whatever happens', async () => {
  const step = fc.record({ id: fc.nat(8), size: fc.integer({ min: 1, max: 60 }), release: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const budget = 5 * costOf(60);
      const memory = new Memory(budget);
      const sizes = new Map<number, number>();
      const held: (() => void)[] = [];
      for (const { id, size, release } of steps) {
        if (!sizes.has(id)) sizes.set(id, size);
        const lease = await keep(memory, String(id), sizes.get(id)!);
        if (lease) held.push(lease.release);
        assert.ok(memory.bytes <= budget);
        if (release) held.shift()?.();
      }
      for (const release of held) release();
      const all = (budget - costOf(0)) / 2;
      assert.notEqual(await keep(memory, 'as large as the budget', all), null, 'all was let go');
    }),
  );
});

test('slices of a byte each take what they really take', async () => {
  const memory = new Memory(64 * 1024);
  for (let n = 0; n < 1000; n++) (await keep(memory, `${n}`, 1))!.release();
  const kept = Array.from({ length: 1000 }, (_, n) => memory.take(`${n}`)).filter(Boolean);
  assert.ok(kept.length > 30 && kept.length <= 64, `${kept.length}`);
});
