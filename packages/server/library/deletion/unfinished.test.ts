import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeOnBothDatabases } from '../../testing/databases.ts';
import { APP, createFixture, type Fixture } from '../testing/fixture.ts';
import { newVideo } from '../testing/media.ts';
import { sweep } from './sweep.ts';

const MINUTE = 60_000;

const sweepOnce = ({ sweeping }: Fixture) => sweep(sweeping, new AbortController().signal);

const create = ({ library, inTransaction, time }: Fixture, id: string) =>
  inTransaction(async (trx) => {
    await library.unfinished.takeBack(trx, id);
    await library.videos.create(trx, newVideo(APP, id), time.now);
  });

describeOnBothDatabases('what is in the making', (open) => {
  test('is left alone for half an hour, and for good once it is a video', async () => {
    await using opened = await open();
    const fixture = createFixture(opened);
    const { library, time, deleted, emitted } = fixture;
    await library.unfinished.note(APP, '100', time.now);
    time.now += 29 * MINUTE;
    await sweepOnce(fixture);
    await create(fixture, '100');
    time.now += 120 * MINUTE;
    await sweepOnce(fixture);
    assert.deepEqual([deleted, emitted], [[], []]);
    await assert.rejects(fixture.call('DeleteVodFile', { fileId: '101', priority: '0' }), { code: 10008 });
    await fixture.call('DeleteVodFile', { fileId: '100', priority: '0' });
    await sweepOnce(fixture);
    assert.deepEqual([deleted.length, emitted.length], [1, 1]);
  });

  test('goes when nobody finishes it, twice, and nobody is told; who comes later is refused for now', async () => {
    await using opened = await open();
    const fixture = createFixture(opened);
    const { library, time, deleted, emitted, db } = fixture;
    await library.unfinished.note(APP, '100', time.now);
    time.now += 30 * MINUTE;
    fixture.failing.store = true;
    await sweepOnce(fixture);
    fixture.failing.store = false;
    await assert.rejects(create(fixture, '100'), { name: 'Refused', kind: 'service.busy' });
    assert.equal(await library.videos.get(db, APP, '100'), null);
    time.now += MINUTE;
    await sweepOnce(fixture);
    assert.deepEqual(deleted, [`vod${APP}/100/`]);
    await library.unfinished.note(APP, '101', time.now);
    await library.unfinished.giveUp('101', time.now);
    await sweepOnce(fixture);
    time.now += 10 * MINUTE;
    await sweepOnce(fixture);
    await sweepOnce(fixture);
    assert.deepEqual(deleted.slice(1), [`vod${APP}/101/`, `vod${APP}/101/`]);
    assert.deepEqual(emitted, []);
  });

  test('stays when it is given up after it was created: the database had not said that it was', async () => {
    await using opened = await open();
    const fixture = createFixture(opened);
    await fixture.library.unfinished.note(APP, '100', fixture.time.now);
    await create(fixture, '100');
    await fixture.library.unfinished.giveUp('100', fixture.time.now);
    await sweepOnce(fixture);
    assert.deepEqual(fixture.deleted, []);
  });

  test('becomes a video or goes, never both, when a sweep comes at that moment', async () => {
    await using opened = await open();
    const fixture = createFixture(opened);
    const ids = Array.from({ length: 40 }, (_, n) => String(100 + n));
    for (const id of ids) await fixture.library.unfinished.note(APP, id, fixture.time.now);
    fixture.time.now += 30 * MINUTE;
    await Promise.all([
      sweepOnce(fixture),
      (async () => {
        // The sweep takes them in this order too.
        for (const id of ids.toReversed()) await create(fixture, id).catch(() => {});
      })(),
    ]);
    const there = await fixture.library.videos.getMany(fixture.db, APP, ids);
    const gone = fixture.deleted.map((prefix) => prefix.split('/')[1]);
    assert.deepEqual([...there.map(({ id }) => id), ...gone].sort(), ids);
  });
});
