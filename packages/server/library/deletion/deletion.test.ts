import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeOnBothDatabases } from '../../testing/databases.ts';
import { tables } from '../tables.ts';
import { APP, createFixture, type Fixture } from '../testing/fixture.ts';
import { newRendition, newVideo } from '../testing/media.ts';
import { VideoGoneError } from '../videos/gone.ts';
import { sweep } from './sweep.ts';

const MINUTE = 60_000;

async function create({ inTransaction, library }: Fixture, id: string, expiresAt: number | null = null) {
  await inTransaction(async (trx) => {
    await library.videos.create(trx, newVideo(APP, id, { expiresAt }), 1);
    await library.outputs.save(trx, APP, id, [newRendition(20)], 1);
  });
}

/** Makes a video and deletes it, while the store is away for the first attempt. */
async function deleteInVain(fixture: Fixture, id: string): Promise<void> {
  await create(fixture, id);
  await fixture.call('DeleteVodFile', { fileId: id, priority: '0' });
  fixture.failing.store = true;
  await sweepOnce(fixture);
  fixture.failing.store = false;
}

const sweepOnce = ({ sweeping }: Fixture) => sweep(sweeping, new AbortController().signal);
const deletionsIn = async ({ db }: Fixture) =>
  (await tables(db).selectFrom('deletions').selectAll().execute()).length;
const fileDeleted = (fileId: string) => ({
  appId: APP,
  eventType: 'FileDeleted',
  data: { status: 0, message: '', fileInfo: [{ fileId }] },
});

describeOnBothDatabases('deletion', (open) => {
  test('a deleted video is gone for every reader at once, its objects and the event follow', async () => {
    await using opened = await open();
    const fixture = createFixture(opened);
    const { call, library, db, inTransaction, deleted, emitted } = fixture;
    await create(fixture, '100');
    await create(fixture, '101');
    await assert.rejects(call('DeleteVodFile', { fileId: '100', priority: '0' }, '2'), { code: 10008 });
    assert.deepEqual(await call('DeleteVodFile', { fileId: '100', priority: '0' }), {});

    const read = { fileId: '100' };
    await assert.rejects(call('DescribeVodPlayUrls', read), { code: 10008 });
    await assert.rejects(call('GetVideoInfo', read), { code: 10008 });
    await assert.rejects(call('DescribeVodInfo', { fileIds: { 0: '100' } }), { code: 10008 });
    await assert.rejects(call('ModifyVodInfo', { ...read, fileName: 'x' }), { code: 10008 });
    await assert.rejects(call('DeleteVodFile', { ...read, priority: '0' }), { code: 10008 });
    assert.equal((await call('DescribeVodInfo')).totalCount, 1);
    assert.equal(await library.videos.findBySha1(db, APP, newVideo(APP, '100').sha1, 1_000_000), null);
    await assert.rejects(
      inTransaction((trx) => library.outputs.save(trx, APP, '100', [newRendition(30)], 2)),
      VideoGoneError,
    );
    assert.deepEqual([deleted, emitted], [[], []]);

    await sweepOnce(fixture);
    assert.deepEqual(deleted, [`vod${APP}/100/`]);
    assert.deepEqual(emitted, [fileDeleted('100')]);
    await sweepOnce(fixture);
    assert.equal(emitted.length, 1);
    assert.equal((await library.outputs.of(db, APP, '101')).length, 2);
  });

  test('what a late worker stored goes with a last look, which is not announced again', async () => {
    await using opened = await open();
    const fixture = createFixture(opened);
    await create(fixture, '100');
    await fixture.call('DeleteVodFile', { fileId: '100', priority: '1' });
    await sweepOnce(fixture);
    fixture.time.now += 9 * MINUTE;
    await sweepOnce(fixture);
    assert.equal(fixture.deleted.length, 1);
    fixture.time.now += MINUTE;
    await sweepOnce(fixture);
    assert.equal(fixture.deleted.length, 2);
    assert.equal(fixture.emitted.length, 1);
    assert.equal(await deletionsIn(fixture), 0);
  });

  test('work on a video is cancelled, except by a deletion of low priority, which is refused', async () => {
    await using opened = await open();
    const fixture = createFixture(opened);
    const { call, busy, cancelled } = fixture;
    for (const id of ['100', '101', '102']) await create(fixture, id);
    for (const id of ['100', '101']) busy.add(id);
    await assert.rejects(call('DeleteVodFile', { fileId: '100', priority: '2' }), { code: 10009 });
    assert.deepEqual(cancelled, []);
    assert.equal((await call('DescribeVodPlayUrls', { fileId: '100' })).playSet.length, 2);
    await call('DeleteVodFile', { fileId: '100', priority: '0' });
    await call('DeleteVodFile', { fileId: '101', priority: '1' });
    await call('DeleteVodFile', { fileId: '102', priority: '2' });
    assert.deepEqual(cancelled, ['100', '101', '102']);
    await assert.rejects(call('DeleteVodFile', { fileId: '404', priority: '2' }), { code: 10008 });
    await assert.rejects(call('DeleteVodFile', { fileId: '\0', priority: '2' }), { code: 10008 });
  });

  test('the urgent goes before the rest', async () => {
    await using opened = await open();
    const fixture = createFixture(opened);
    const ids = Array.from({ length: 12 }, (_, n) => String(100 + n));
    for (const id of ids) await create(fixture, id);
    for (const id of ids) {
      await fixture.call('DeleteVodFile', { fileId: id, priority: id === '111' ? '1' : '0' });
      fixture.time.now += 1;
    }
    await sweepOnce(fixture);
    assert.equal(fixture.deleted[0], `vod${APP}/111/`);
    assert.equal(fixture.deleted.length, 12);
  });

  test('a store that is away is asked again later, and nothing is announced before', async () => {
    await using opened = await open();
    const fixture = createFixture(opened);
    await deleteInVain(fixture, '100');
    await sweepOnce(fixture);
    assert.deepEqual([fixture.deleted, fixture.emitted], [[], []]);
    fixture.time.now += 5000;
    await sweepOnce(fixture);
    assert.deepEqual(fixture.emitted, [fileDeleted('100')]);
  });

  test('a clock that goes back puts off no deletion', async () => {
    await using opened = await open();
    const fixture = createFixture(opened);
    await deleteInVain(fixture, '100');
    fixture.time.now -= 5 * 60 * MINUTE;
    await sweepOnce(fixture);
    assert.deepEqual(fixture.emitted, [fileDeleted('100')]);
  });

  test('a server that died between removal and announcement is succeeded by another', async () => {
    await using opened = await open();
    const dying = createFixture(opened);
    await create(dying, '100');
    await dying.call('DeleteVodFile', { fileId: '100', priority: '0' });
    dying.sweeping.events.emit = async () => {
      throw new Error('killed');
    };
    await assert.rejects(sweepOnce(dying), /killed/);
    const next = createFixture(opened);
    next.time.now = dying.time.now;
    await Promise.all([sweepOnce(next), sweepOnce(next)]);
    assert.deepEqual(next.emitted, [fileDeleted('100')]);
  });

  test('videos whose time has come are removed like deleted ones, not earlier', async () => {
    await using opened = await open();
    const fixture = createFixture(opened);
    const { time, call, emitted } = fixture;
    await create(fixture, '100', time.now + 1000);
    await create(fixture, '101', time.now + 2000);
    await create(fixture, '102');
    await call('ModifyVodInfo', { fileId: '102', expireTimeStamp: String(time.now / 1000 + 1) });
    await sweepOnce(fixture);
    assert.equal((await call('DescribeVodInfo')).totalCount, 3);
    time.now += 1000;
    // Somebody thought better of it in time.
    await call('ModifyVodInfo', { fileId: '100', expireTimeStamp: '0' });
    await sweepOnce(fixture);
    assert.deepEqual(emitted, [fileDeleted('102')]);
    time.now += 1000;
    await sweepOnce(fixture);
    assert.deepEqual(emitted.slice(1), [fileDeleted('101')]);
    assert.equal((await call('DescribeVodInfo')).fileSet[0].fileId, '100');
    assert.deepEqual(fixture.cancelled, ['102', '101']);
  });

  test('a started library sweeps by itself, and when something is deleted', async () => {
    await using opened = await open();
    const fixture = createFixture(opened);
    const { library, call, emitted } = fixture;
    const announced = async (count: number) => {
      while (emitted.length < count) await new Promise((resolve) => setTimeout(resolve, 5));
    };
    await create(fixture, '100');
    await create(fixture, '101');
    await call('DeleteVodFile', { fileId: '100', priority: '0' });
    library.start();
    await announced(1);
    await call('DeleteVodFile', { fileId: '101', priority: '0' });
    await announced(2);
    await library.stop();
    assert.deepEqual(emitted, [fileDeleted('100'), fileDeleted('101')]);
  });
});
