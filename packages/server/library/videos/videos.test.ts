import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Executor } from '../../database/index.ts';
import { describeOnBothDatabases } from '../../testing/databases.ts';
import { APP, createFixture } from '../testing/fixture.ts';
import { CLIP, newRendition, newVideo } from '../testing/media.ts';
import { VideoGoneError } from './gone.ts';

describeOnBothDatabases('videos', (open) => {
  test('a new video is read as it was written, with its source as rendition 0', async () => {
    await using opened = await open();
    const { library, db, inTransaction, time } = createFixture(opened);
    const video = newVideo(APP, '100', {
      tags: ['测试 1', 'a', 'a'],
      expiresAt: 5,
      coverKey: 'vod1/100/1.jpg',
    });
    await inTransaction((trx) => library.videos.create(trx, video, time.now));

    assert.deepEqual(await library.videos.get(db, APP, '100'), {
      ...video,
      description: '',
      classId: 0,
      status: 'normal',
      durationMs: 10_400,
      createdAt: time.now,
      updatedAt: time.now,
      sourceContext: '',
      tags: ['测试 1', 'a'],
    });
    const [source, ...others] = await library.outputs.of(db, APP, '100');
    assert.equal(others.length, 0);
    assert.deepEqual(source, {
      kind: 'source',
      definition: 0,
      number: 0,
      name: 'f0.mp4',
      run: null,
      container: 'mp4',
      bitrate: 800_300,
      videoBitrate: 752_300,
      width: 720,
      height: 1280,
      size: 1_000_000,
      totalSize: 1_000_000,
      durationMs: 10_400,
      md5: video.md5,
      info: CLIP,
      details: null,
    });
  });

  test('a file that is no media is a video of no length', async () => {
    await using opened = await open();
    const { library, db, inTransaction, call } = createFixture(opened);
    await inTransaction((trx) => library.videos.create(trx, newVideo(APP, '100', { info: null }), 1));
    assert.equal((await library.videos.get(db, APP, '100'))?.durationMs, 0);
    const { playSet } = await call('DescribeVodPlayUrls', { fileId: '100' });
    assert.deepEqual(playSet, [
      {
        url: 'https://media.example.com/vod1250000001/100/f0.mp4',
        definition: 0,
        vbitrate: 0,
        vheight: 0,
        vwidth: 0,
      },
    ]);
  });

  test('what no database could keep of a name is dropped', async () => {
    await using opened = await open();
    const { library, db, inTransaction } = createFixture(opened);
    const video = newVideo(APP, '100', { name: 'a\0b\ud800', description: '\0' });
    await inTransaction((trx) => library.videos.create(trx, video, 1));
    const { name, description } = (await library.videos.get(db, APP, '100'))!;
    assert.deepEqual([name, description], ['ab\ufffd', '']);
  });

  test('nobody else sees a video', async () => {
    await using opened = await open();
    const { library, db, inTransaction } = createFixture(opened);
    await inTransaction((trx) => library.videos.create(trx, newVideo(APP, '100'), 1));
    assert.equal(await library.videos.get(db, '2', '100'), null);
    assert.deepEqual(await library.outputs.playable('2', '100'), []);
    assert.deepEqual(await library.outputs.of(db, '2', '100'), []);
    assert.equal(await library.videos.findBySha1(db, '2', newVideo(APP, '100').sha1, 1_000_000), null);
    await assert.rejects(
      inTransaction((trx) => library.videos.change(trx, '2', '100', { coverKey: 'x' }, 1)),
      VideoGoneError,
    );
  });

  test('renditions of the same definition are replaced, in the order of their definitions', async () => {
    await using opened = await open();
    const { library, db, inTransaction } = createFixture(opened);
    await inTransaction((trx) => library.videos.create(trx, newVideo(APP, '100'), 1));
    const first = [
      { ...newRendition(0), kind: 'masterPlaylist' as const },
      newRendition(20),
      newRendition(210),
    ];
    await inTransaction((trx) => library.outputs.save(trx, APP, '100', first, 2));
    const again = {
      ...newRendition(20),
      bitrate: 1,
      videoBitrate: 2,
      width: 3,
      height: 4,
      info: null,
    };
    await inTransaction((trx) => library.outputs.save(trx, APP, '100', [again], 3));

    const saved = await library.outputs.of(db, APP, '100');
    assert.deepEqual(
      saved.map(({ kind, definition }) => [kind, definition]),
      [
        ['source', 0],
        ['transcode', 20],
        ['transcode', 210],
        ['masterPlaylist', 0],
      ],
    );
    assert.deepEqual(saved[1], again);
    assert.deepEqual(saved[2], first[2]);
    const playable = await library.outputs.playable(APP, '100');
    const shown = {
      kind: 'transcode',
      definition: 20,
      name: again.name,
      videoBitrate: 2,
      width: 3,
      height: 4,
    };
    assert.deepEqual(playable[1], shown);
    assert.equal((await library.videos.get(db, APP, '100'))?.updatedAt, 3);
  });

  test('what comes too late for a video is refused', async () => {
    await using opened = await open();
    const { library, db, inTransaction } = createFixture(opened);
    for (const late of [
      (trx: Executor) => library.outputs.save(trx, APP, '1', [newRendition(20)], 1),
      (trx: Executor) => library.videos.change(trx, APP, '1', { status: 'normal' }, 1),
      (trx: Executor) => library.videos.change(trx, APP, '\0', { coverKey: 'x' }, 1),
    ]) {
      await assert.rejects(inTransaction(late), VideoGoneError);
    }
    assert.deepEqual(await library.outputs.of(db, APP, '1'), []);
  });

  test('bytes are found again by digest and size, the newest first', async () => {
    await using opened = await open();
    const { library, db, inTransaction } = createFixture(opened);
    for (const [id, at] of [
      ['1', 10],
      ['2', 30],
      ['3', 20],
    ] as const) {
      await inTransaction((trx) => library.videos.create(trx, newVideo(APP, id, { sha1: 'abc' }), at));
    }
    assert.equal((await library.videos.findBySha1(db, APP, 'abc', 1_000_000))?.id, '2');
    assert.equal(await library.videos.findBySha1(db, APP, 'abc', 1), null);
    assert.equal(await library.videos.findBySha1(db, APP, 'abd', 1_000_000), null);
  });

  test('an id that is no number belongs to nobody', async () => {
    await using opened = await open();
    const { call } = createFixture(opened);
    for (const fileId of ['x', '\0', '1'.repeat(40), "1' or '1'='1", '-1', ' 1']) {
      for (const action of ['DescribeVodPlayUrls', 'GetVideoInfo']) {
        await assert.rejects(call(action, { fileId }), { code: 10008 }, fileId);
      }
    }
  });
});
