import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { ObjectStore } from '../storage/index.ts';
import { Catalog } from './catalog.ts';
import { serve } from './testing/fixture.ts';

const FILE = 'vod1/2/f0.mp4';
const SEGMENTS = 'vod1/2/f0.f210.ts';
const KIB = 1024;

/** A catalogue over a store in which everything lies but what is called `gone…`, and what it asked the store for. */
function setUp(maxBytes?: number) {
  const asked: string[] = [];
  const store = {
    head: async (key: string) => {
      asked.push(key);
      return key.includes('gone') ? null : { key, size: 1e9, etag: 'e', modifiedAt: 0 };
    },
  };
  const locate = async (appId: string, videoId: string, name: string) => ({
    key: `vod${appId}/${videoId}/${name}`,
    run: null,
  });
  return { asked, catalog: new Catalog(store as unknown as ObjectStore, locate, maxBytes) };
}

test('what chooses no bytes makes no other entry', async () => {
  const { asked, catalog } = setUp();
  const address = `/${SEGMENTS}?start=0&end=99`;
  await catalog.look(address);
  const { bytes } = catalog;
  for (const same of [
    `${address}&type=mpegts`,
    `${address}&sign=${'x'.repeat(60_000)}`,
    `/${SEGMENTS}?a=1&end=99&start=00`,
    `/${SEGMENTS.replace('f0', '%66%30')}?start=0&end=99`,
  ]) {
    assert.ok(catalog.known(same), same.slice(0, 80));
    await catalog.look(same);
    assert.equal(catalog.bytes, bytes);
  }
  for (const other of [`/${SEGMENTS}?start=1&end=99`, `/${SEGMENTS}`]) {
    assert.equal(catalog.known(other), undefined);
  }
  assert.deepEqual([...new Set(asked)], [SEGMENTS]);
});

test('it takes so many bytes and no more, and keeps those that were looked up last', async () => {
  const { catalog } = setUp(64 * KIB);
  const slice = (n: number) => `/${SEGMENTS}?start=${n}&end=${n + 9}`;
  for (let n = 0; n < 1000; n++) {
    await catalog.look(slice(n));
    assert.ok(catalog.bytes <= 64 * KIB);
  }
  assert.ok(catalog.bytes > 60 * KIB);
  assert.ok(catalog.known(slice(999)));
  assert.equal(catalog.known(slice(0)), undefined);
});

test('what is not there, or was forgotten, takes nothing', async () => {
  const { catalog } = setUp();
  for (let n = 0; n < 100; n++) {
    assert.equal(await catalog.look(`/vod1/2/gone${n}.mp4`), null);
    assert.equal(await catalog.look(`/vod1/2/../${n}?${'x'.repeat(1000)}`), null);
  }
  assert.equal(catalog.bytes, 0);
  await catalog.look(`/${FILE}?a`);
  assert.ok(catalog.bytes > 0);
  catalog.forget(`/${FILE}?b`);
  assert.equal(catalog.bytes, 0);
});

test('clients that ask for one file with ever new queries make it no larger', async () => {
  await using server = await serve();
  await server.store.put(FILE, Buffer.alloc(100));
  await server.get(`/${FILE}`);
  const { catalogBytes } = server.held();
  assert.ok(catalogBytes > 0);
  const padding = 'x'.repeat(10 * KIB);
  for (let n = 0; n < 50; n++) {
    const { status } = await server.get(`/${FILE}?sign=${randomUUID()}${padding}`);
    assert.equal(status, 200);
    await server.get(`/vod1/2/none${n}.mp4?${padding}`);
  }
  assert.equal(server.held().catalogBytes, catalogBytes);
});
