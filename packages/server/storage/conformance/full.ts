import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NoSpaceError } from '../errors.ts';
import { body, bytes, contentOf, type OpenedStore } from './bodies.ts';

export function testFullStore(open: () => Promise<OpenedStore>): void {
  test('a full store says so, keeps what it has, and goes on when there is room', async (t) => {
    await using opened = await open();
    const { store, setFull } = opened;
    if (!setFull) return t.skip('needs the right to mount a tmpfs');
    await store.put('a', bytes(10));
    const assembly = store.assembly('id');
    await assembly.writePart(0, 5000, body(bytes(5000)));
    const before = await opened.leftovers();

    await setFull(true);
    await assert.rejects(store.put('a', body(bytes(200_000, 2))), NoSpaceError);
    await assert.rejects(assembly.writePart(5000, 200_000, body(bytes(200_000))), NoSpaceError);
    await assert.rejects(store.check(), NoSpaceError);
    assert.ok((await contentOf(store, 'a')).equals(bytes(10)));
    assert.deepEqual(await opened.leftovers(), before);

    await setFull(false);
    await store.check();
    await store.put('a', bytes(200_000, 2));
    await assembly.writePart(5000, 200_000, body(bytes(200_000)));
    await assembly.complete('b', [
      { offset: 0, size: 5000 },
      { offset: 5000, size: 200_000 },
    ]);
    assert.ok((await contentOf(store, 'b')).equals(Buffer.concat([bytes(5000), bytes(200_000)])));
  });
}
