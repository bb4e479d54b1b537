import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { test } from 'node:test';
import { InvalidKeyError, NotFoundError, UnsatisfiableRangeError } from '../errors.ts';
import { body, bytes, collect, contentOf, type OpenedStore, stalled } from './bodies.ts';

const MIB = 1024 * 1024;

export function testObjects(open: () => Promise<OpenedStore>): void {
  test('an object is read as it was put', async () => {
    await using opened = await open();
    const { store } = opened;
    for (const [key, content] of [
      ['empty', bytes(0)],
      ['one', bytes(1)],
      ['vod1250000001/123/v.f230.mp4', bytes(300_000)],
      ['vod1250000001/123/large.mp4', bytes(11 * MIB + 3)],
    ] as const) {
      const before = Date.now();
      const info = await store.put(key, body(content), { contentType: 'video/mp4' });
      assert.equal(info.key, key);
      assert.equal(info.size, content.length);
      // Some stores keep whole seconds, some file systems their own clock tick.
      assert.ok(Math.abs(info.modifiedAt - before) < 60_000);
      assert.deepEqual(await store.head(key), info);
      assert.ok((await contentOf(store, key)).equals(content));
    }
    assert.deepEqual(await opened.leftovers(), []);
  });

  test('a put replaces, and its etag tells', async () => {
    await using opened = await open();
    const { store } = opened;
    const first = await store.put('a/b', bytes(1000, 1));
    const second = await store.put('a/b', bytes(1000, 2));
    assert.notEqual(second.etag, first.etag);
    assert.match(second.etag, /^[\w-]+$/);
    assert.ok((await contentOf(store, 'a/b')).equals(bytes(1000, 2)));
    assert.equal((await (await opened.reopen()).head('a/b'))?.etag, second.etag);
  });

  test('who reads while others write sees one whole object', async () => {
    await using opened = await open();
    const { store } = opened;
    const contents = [bytes(300_000, 1), bytes(200_000, 2)] as const;
    await store.put('a', contents[0]);
    const write = (async () => {
      for (let i = 1; i <= 10; i++) await store.put('a', body(contents[i % 2 === 0 ? 0 : 1]));
    })();
    for (let i = 0; i < 20; i++) {
      const seen = await contentOf(store, 'a');
      assert.ok(contents.some((content) => content.equals(seen)));
    }
    await write;
  });

  test('a range has both ends and stops at the last byte', async () => {
    await using opened = await open();
    const { store } = opened;
    const content = bytes(500_000);
    await store.put('a', content);
    for (const [start, end] of [
      [0, 0],
      [1, 2],
      [262_143, 262_145],
      [499_999, 499_999],
      [499_990, 1e9],
      [7, Infinity],
    ] as const) {
      assert.ok(
        (await buffer(await store.read('a', { start, end }))).equals(content.subarray(start, end + 1)),
        `${start}-${end}`,
      );
    }
    await assert.rejects(store.read('a', { start: 500_000, end: 500_001 }), UnsatisfiableRangeError);
  });

  test('what is not there is not found', async () => {
    await using opened = await open();
    const { store } = opened;
    await store.put('folder/a', bytes(1));
    for (const key of ['missing', 'folder', 'folder/missing', 'missing/a']) {
      assert.equal(await store.head(key), null);
      await assert.rejects(store.read(key), NotFoundError);
      await assert.rejects(store.localFile(key), NotFoundError);
      await store.delete(key);
    }
    assert.equal(await store.deletePrefix('missing/'), 0);
    assert.ok(await store.head('folder/a'));
  });

  test('a body that breaks off leaves the old object', async () => {
    await using opened = await open();
    const { store } = opened;
    await store.put('a', bytes(10));
    const broken = Readable.from(
      (async function* () {
        yield bytes(100_000);
        throw new Error('the line is cut');
      })(),
    );
    await assert.rejects(store.put('a', broken), /the line is cut/);
    await assert.rejects(store.put('a', stalled(bytes(10, 2)), { signal: AbortSignal.timeout(50) }));
    await assert.rejects(store.put('b', bytes(1), { signal: AbortSignal.abort() }));
    assert.ok((await contentOf(store, 'a')).equals(bytes(10)));
    assert.equal(await store.head('b'), null);
    assert.deepEqual(await opened.leftovers(), []);
  });

  test('a file moves in', async () => {
    await using opened = await open();
    const { store } = opened;
    const path = join(tmpdir(), `openvod-${randomUUID()}`);
    await writeFile(path, bytes(100_000));
    assert.equal((await store.putFile('a/b/c', path)).size, 100_000);
    assert.ok((await contentOf(store, 'a/b/c')).equals(bytes(100_000)));
    await assert.rejects(stat(path), { code: 'ENOENT' });
    await assert.rejects(store.putFile('a/b/c', path), { code: 'ENOENT' });
  });

  test('a signal ends a read', async () => {
    await using opened = await open();
    const { store } = opened;
    await store.put('a', bytes(5 * MIB));
    const controller = new AbortController();
    const reading = await store.read('a', undefined, { signal: controller.signal });
    reading.once('data', () => controller.abort());
    await assert.rejects(buffer(reading), { name: 'AbortError' });
    await assert.rejects(async () =>
      buffer(await store.read('a', undefined, { signal: AbortSignal.abort() })),
    );
  });

  test('a local file holds the object and goes when it was a copy', async () => {
    await using opened = await open();
    const { store } = opened;
    await store.put('a/b.mp4', bytes(100_000));
    {
      await using file = await store.localFile('a/b.mp4');
      assert.match(file.path, /\/b\.mp4$/);
      assert.ok((await readFile(file.path)).equals(bytes(100_000)));
    }
    assert.deepEqual(await opened.leftovers(), []);
    assert.ok(await store.head('a/b.mp4'));
  });

  test('list and deletePrefix take a folder, in the order of the keys', async () => {
    await using opened = await open();
    const { store } = opened;
    const keys = ['v/1', 'v/1-a/x', 'v/1.a', 'v/10/a', 'v/10/b/c', 'v/10/b/d', 'v/10-', 'v/2/a', 'w'].sort();
    for (const key of keys.toReversed()) await store.put(key, bytes(key.length));
    await store.assembly('pending').writePart(0, 1, body(bytes(1)));
    const list = async (prefix: string) => (await collect(store.list(prefix))).map(({ key }) => key);
    assert.deepEqual(await list(''), keys);
    assert.deepEqual(await list('v/10/'), ['v/10/a', 'v/10/b/c', 'v/10/b/d']);
    assert.deepEqual(await list('none/'), []);
    for await (const info of store.list('v/')) assert.deepEqual(info, await store.head(info.key));
    assert.equal(await store.deletePrefix('v/10/'), 3);
    assert.equal(await store.deletePrefix('v/10/'), 0);
    await store.delete('v/2/a');
    assert.deepEqual(
      await list(''),
      keys.filter((key) => !key.startsWith('v/10/') && key !== 'v/2/a'),
    );
    await store.put('v/10/a', bytes(1));
    assert.deepEqual(await list('v/10/'), ['v/10/a']);
  });

  test('no key reaches outside', async () => {
    await using opened = await open();
    const { store } = opened;
    for (const key of ['', '../a', 'a/../../b', '/etc/passwd', '.assemblies/a', 'a//b', 'a\0', 'a/']) {
      await assert.rejects(store.put(key, bytes(1)), InvalidKeyError, key);
      await assert.rejects(store.putFile(key, '/dev/null'), InvalidKeyError, key);
      await assert.rejects(store.read(key), InvalidKeyError, key);
      await assert.rejects(store.head(key), InvalidKeyError, key);
      await assert.rejects(store.localFile(key), InvalidKeyError, key);
      await assert.rejects(store.delete(key), InvalidKeyError, key);
      await assert.rejects(store.deletePrefix(`${key}/`), InvalidKeyError, key);
      assert.throws(() => store.assembly(key), InvalidKeyError, key);
      const assembly = store.assembly('a');
      await assert.rejects(assembly.complete(key, [{ offset: 0, size: 1 }]), InvalidKeyError, key);
    }
    await assert.rejects(store.deletePrefix(''), InvalidKeyError);
    await assert.rejects(collect(store.list('v')), InvalidKeyError);
  });

  test('a store that works passes its check', async () => {
    await using opened = await open();
    await opened.store.check();
    assert.deepEqual(await collect(opened.store.list('')), []);
  });
}
