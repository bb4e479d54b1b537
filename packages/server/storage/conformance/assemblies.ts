import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { NotFoundError, PartSizeError } from '../errors.ts';
import { body, bytes, collect, contentOf, type OpenedStore, partsOf, stalled } from './bodies.ts';

const MIB = 1024 * 1024;

export function testAssemblies(open: () => Promise<OpenedStore>): void {
  test('parts in parallel, in any order, become the object', async () => {
    await using opened = await open();
    const { store } = opened;
    const content = bytes(22 * MIB + 5);
    const parts = partsOf(content.length, MIB);
    const assembly = store.assembly('id');
    await Promise.all(
      parts
        .toReversed()
        .map(({ offset, size }) =>
          assembly.writePart(offset, size, body(content.subarray(offset, offset + size))),
        ),
    );
    assert.equal(await store.head('v/f0.mp4'), null);
    assert.ok(Buffer.concat(await collect(assembly.read(parts))).equals(content));
    const info = await assembly.complete('v/f0.mp4', parts);
    assert.equal(info.size, content.length);
    assert.ok((await contentOf(store, 'v/f0.mp4')).equals(content));
    assert.deepEqual(await assembly.complete('v/f0.mp4', parts), info);
    assert.deepEqual(await (await opened.reopen()).assembly('id').complete('v/f0.mp4', parts), info);
    assert.deepEqual(await opened.leftovers(), []);
  });

  test('complete can be called twice at once', async () => {
    await using opened = await open();
    const assembly = opened.store.assembly('id');
    await assembly.writePart(0, 1000, body(bytes(1000)));
    const parts = [{ offset: 0, size: 1000 }];
    const [one, two] = await Promise.all([assembly.complete('a', parts), assembly.complete('a', parts)]);
    assert.equal(one.size, 1000);
    assert.equal(two.size, 1000);
    assert.ok((await contentOf(opened.store, 'a')).equals(bytes(1000)));
  });

  test('parts that do not make the object are refused and stay', async () => {
    await using opened = await open();
    const { store } = opened;
    const assembly = store.assembly('id');
    await assembly.writePart(0, 100, body(bytes(100)));
    const first = { offset: 0, size: 100 };
    for (const parts of [
      [],
      [{ offset: 1, size: 99 }],
      [first, { offset: 101, size: 1 }],
      [first, { offset: 99, size: 2 }],
    ]) {
      await assert.rejects(assembly.complete('a', parts), PartSizeError);
    }
    await assert.rejects(assembly.complete('a', [first, { offset: 100, size: 1 }]));
    await assert.rejects(collect(assembly.read([{ offset: 0, size: 101 }])), PartSizeError);
    await assert.rejects(store.assembly('unknown').complete('a', [first]), NotFoundError);
    await assert.rejects(collect(store.assembly('unknown').read([first])), NotFoundError);
    assert.equal(await store.head('a'), null);
    await assembly.complete('a', [first]);
  });

  test('a body of the wrong size is refused and can still be answered', async () => {
    await using opened = await open();
    const assembly = opened.store.assembly('id');
    const long = stalled(bytes(101));
    await assert.rejects(assembly.writePart(0, 100, long), PartSizeError);
    assert.equal(long.destroyed, false);
    await assert.rejects(assembly.writePart(0, 100, body(bytes(99))), PartSizeError);
    await assert.rejects(assembly.writePart(0, 100, stalled(bytes(50)), { signal: AbortSignal.timeout(50) }));
    await assembly.writePart(0, 100, body(bytes(100)));
    await assembly.complete('a', [{ offset: 0, size: 100 }]);
    assert.ok((await contentOf(opened.store, 'a')).equals(bytes(100)));
  });

  test('a discarded assembly leaves nothing', async () => {
    await using opened = await open();
    const assembly = opened.store.assembly('id');
    await Promise.all(
      partsOf(500, 100).map(({ offset, size }) => assembly.writePart(offset, size, body(bytes(size)))),
    );
    assert.notDeepEqual(await opened.leftovers(), []);
    await assembly.discard();
    await assembly.discard();
    assert.deepEqual(await opened.leftovers(), []);
    await assert.rejects(assembly.complete('a', [{ offset: 0, size: 500 }]), NotFoundError);
  });

  // The model is the plainest there is: the set of parts that were acknowledged, and the bytes they should have.
  test('any order, repeats, broken attempts and restarts end in the same object', async () => {
    await using opened = await open();
    let run = 0;
    const attempt = fc.record({
      part: fc.nat(7),
      kind: fc.constantFrom('whole', 'whole', 'short', 'long'),
      chunk: fc.integer({ min: 1, max: 500 }),
    });
    const scenario = fc.record({
      size: fc.integer({ min: 1, max: 4000 }),
      partSize: fc.integer({ min: 1, max: 1500 }),
      rounds: fc.array(fc.array(attempt, { maxLength: 4 }), { maxLength: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(scenario, async ({ size, partSize, rounds }) => {
        const id = `run-${++run}`;
        const content = bytes(size, run);
        const parts = partsOf(size, Math.max(partSize, Math.ceil(size / 8)));
        const acknowledged = new Set<number>();
        for (const round of rounds) {
          const assembly = (await opened.reopen()).assembly(id);
          await Promise.all(
            round.map(async ({ part, kind, chunk }) => {
              const { offset, size: length } = parts[part % parts.length]!;
              const sent = { whole: length, short: length - 1, long: length + 1 }[kind];
              const padded = Buffer.concat([content.subarray(offset, offset + length), Buffer.from('!')]);
              const write = assembly.writePart(offset, length, body(padded.subarray(0, sent), chunk));
              if (kind !== 'whole') return assert.rejects(write, PartSizeError);
              await write;
              acknowledged.add(offset);
            }),
          );
        }
        const assembly = (await opened.reopen()).assembly(id);
        for (const part of parts.filter(({ offset }) => acknowledged.has(offset))) {
          const found = Buffer.concat(await collect(assembly.read([part])));
          assert.ok(found.equals(content.subarray(part.offset, part.offset + part.size)));
        }
        for (const part of parts.filter(({ offset }) => !acknowledged.has(offset))) {
          await assembly.writePart(
            part.offset,
            part.size,
            body(content.subarray(part.offset, part.offset + part.size)),
          );
        }
        await assembly.complete(`made/${id}`, parts.toReversed());
        assert.ok((await contentOf(opened.store, `made/${id}`)).equals(content));
      }),
      { numRuns: 30 },
    );
    assert.deepEqual(await opened.leftovers(), []);
  });
}
