import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openStore } from '../../storage/index.ts';
import { describeOnBothDatabases, type TestDatabase } from '../../testing/databases.ts';
import { APP, createFixture } from '../testing/fixture.ts';
import { newRendition, newVideo } from '../testing/media.ts';
import { createOutputs } from './index.ts';
import { removeRetired } from './retired.ts';

const HOUR = 3_600_000;
const VIDEO = '100';
const run = (n: number) => `0123456789ab-${n}`;

/** A video, a store that has what runs made of it, and a clock that can be moved. */
async function world(opened: TestDatabase) {
  const { library, inTransaction, db } = createFixture(opened);
  const store = await openStore(undefined, opened.dataDir);
  const outputs = createOutputs(opened.database, store);
  let now = Date.UTC(2026, 0, 1);
  await inTransaction((trx) => library.videos.create(trx, newVideo(APP, VIDEO), now));
  return {
    outputs,
    forward: (ms: number) => {
      now += ms;
    },
    /** Stores and saves what a run makes. */
    async make(n: number, ...definitions: number[]) {
      const made = definitions.map((definition) => newRendition(definition, run(n)));
      for (const { name } of made) {
        await store.put(`vod${APP}/${VIDEO}/${run(n)}/${name}`, Buffer.from('playlist'));
        await store.put(
          `vod${APP}/${VIDEO}/${run(n)}/${name.replace('m3u8', 'ts')}`,
          Buffer.from('segments'),
        );
      }
      await inTransaction((trx) => outputs.save(trx, APP, VIDEO, made, now));
    },
    discard: (n: number) => outputs.discardRun(APP, VIDEO, run(n), now),
    store,
    remove: () => removeRetired({ db, store }, now, new AbortController().signal),
    /** What is stored, as `run/definition`, playlists and segments together. */
    async stored(): Promise<string[]> {
      const found = new Set<string>();
      for await (const { key } of store.list('')) {
        const [, n, definition] = /-(\d+)\/(?:f0\.f(\d+)|master_playlist)\./.exec(key)!;
        found.add(`${n}/${definition}`);
      }
      return [...found].sort();
    },
    close: () => store.close(),
  };
}

describeOnBothDatabases('runs whose outputs were replaced', (open) => {
  test('stay for a day, then their files go', async () => {
    await using opened = await open();
    const w = await world(opened);
    await w.make(1, 210);
    await w.make(2, 210);
    w.forward(24 * HOUR - 1);
    await w.remove();
    assert.deepEqual(await w.stored(), ['1/210', '2/210']);
    w.forward(1);
    await w.remove();
    assert.deepEqual(await w.stored(), ['2/210']);
    await w.remove();
    await w.close();
  });

  test('keep what is still in use of them', async () => {
    await using opened = await open();
    const w = await world(opened);
    await w.make(1, 210, 220);
    await w.make(2, 210);
    w.forward(24 * HOUR);
    await w.remove();
    assert.deepEqual(await w.stored(), ['1/220', '2/210']);
    await w.make(3, 220);
    w.forward(24 * HOUR);
    await w.remove();
    assert.deepEqual(await w.stored(), ['2/210', '3/220']);
    await w.close();
  });

  test('have a day from the last time that something of them was replaced', async () => {
    await using opened = await open();
    const w = await world(opened);
    await w.make(1, 210, 220);
    await w.make(2, 210);
    w.forward(20 * HOUR);
    await w.make(3, 220);
    w.forward(20 * HOUR);
    await w.remove();
    assert.deepEqual(await w.stored(), ['1/210', '1/220', '2/210', '3/220']);
    w.forward(4 * HOUR);
    await w.remove();
    assert.deepEqual(await w.stored(), ['2/210', '3/220']);
    await w.close();
  });

  test('are not tidied away before; what a run left without an output is', async () => {
    await using opened = await open();
    const w = await world(opened);
    await w.make(1, 210);
    await w.make(2, 210);
    for (const n of [1, 2]) await w.discard(n);
    assert.deepEqual(await w.stored(), ['1/210', '2/210']);
    w.forward(24 * HOUR);
    await w.remove();
    await w.discard(1);
    assert.deepEqual(await w.stored(), ['2/210']);
    await w.close();
  });

  test('also one that came to nothing, when the store is back, and what its worker stored late', async (t) => {
    await using opened = await open();
    const w = await world(opened);
    await w.make(2, 220);
    const late = (name: string) => w.store.put(`vod${APP}/${VIDEO}/${run(1)}/${name}`, Buffer.from('x'));
    await late('f0.f210.ts');
    const away = t.mock.method(w.store, 'deletePrefix', async () => {
      throw new Error('the store is away');
    });
    await assert.rejects(w.discard(1), /away/);
    for (let minutes = 0; minutes < 3; minutes++) {
      w.forward(60_000);
      await assert.rejects(w.remove(), /away/);
      // Not asked again at once.
      await w.remove();
    }
    away.mock.restore();
    assert.deepEqual(await w.stored(), ['1/210', '2/220']);
    w.forward(60_000);
    await w.remove();
    assert.deepEqual(await w.stored(), ['2/220']);

    await w.discard(1);
    await late('f0.f210.m3u8');
    w.forward(10 * 60_000);
    await w.remove();
    assert.deepEqual(await w.stored(), ['2/220']);
    await w.close();
  });

  test('are found by the names that stable addresses have, before and after', async () => {
    await using opened = await open();
    const w = await world(opened);
    for (const n of [1, 2]) {
      await w.make(n, 210, 10000);
      for (const name of ['f0.f210.m3u8', 'f0.f210.ts', 'master_playlist.m3u8']) {
        assert.deepEqual(await w.outputs.locate(APP, VIDEO, name), {
          key: `vod${APP}/${VIDEO}/${run(n)}/${name}`,
          run: run(n),
        });
      }
    }
    assert.equal(await w.outputs.locate(APP, VIDEO, 'f0.f220.m3u8'), null);
    assert.equal(await w.outputs.locate('2', VIDEO, 'f0.f210.m3u8'), null);
    await w.close();
  });
});
