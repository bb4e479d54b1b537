import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { probe } from '../media/index.ts';
import { makeClip } from '../media/testing/clips.ts';
import { framesOf } from '../media/testing/frames.ts';
import { describeOnBothDatabases } from '../testing/databases.ts';
import { WireError } from '../testing/wire-error.ts';
import { APP, createFixture } from './testing/fixture.ts';

let folder = '';
let film = '';

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'openvod-test-'));
  // Segments of 10 s, 10 s and 4 s: two frames a second are enough.
  film = makeClip(
    folder,
    'film.mp4',
    '-f lavfi -i testsrc2=s=160x90:r=2:d=24 -f lavfi -i sine=d=24 -c:v libx264 -preset ultrafast -pix_fmt yuv420p -g 20 -sc_threshold 0 -c:a aac',
  );
});
after(() => rm(folder, { recursive: true, force: true }));

const fails = (code: number, message: RegExp) => (error: unknown) =>
  error instanceof WireError && error.code === code && message.test(error.message);

type Fixture = Awaited<ReturnType<typeof createFixture>>;

/** A video with an HLS rendition of the source's own streams. */
async function withHls(fixture: Fixture): Promise<string> {
  const fileId = await fixture.addVideo(film);
  const { vodTaskId } = await fixture.call('ProcessFile', { fileId, transcode: { definition: '6' } });
  await fixture.finished(vodTaskId);
  return fileId;
}

/** What a player of an address sees: the pictures of its file, and what its playlist says of it. */
async function played({ store, library, db }: Fixture, fileId: string, url: string) {
  const key = url.replace('https://media.example.com/', '');
  const playlist = await text(await store.read(key));
  const video = await library.videos.require(db, APP, fileId);
  await using file = await store.localFile(video.sourceKey);
  const slices = [...playlist.matchAll(/^f0\.ts\?start=(\d+)&end=(\d+)/gm)].map(([, start, end]) => [
    Number(start),
    Number(end),
  ]);
  return { playlist, video, slices, pictures: framesOf(file.path).pictures, info: await probe(file.path) };
}

describeOnBothDatabases('HLS of HLS', (open) => {
  test('SimpleClipHls takes the segments that show the stretch, at once, and they stay', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    await fixture.startEngine();
    const fileId = await withHls(fixture);
    const { newFileId, newFileUrl } = await fixture.call('SimpleClipHls', {
      ...{ srcFileId: fileId, newFileName: 'cut', startTimeOffset: '12', endTimeOffset: '-5' },
    });
    assert.match(newFileUrl, new RegExp(`/${newFileId}/f0\\.f6\\.m3u8$`));
    const made = await played(fixture, newFileId, newFileUrl);
    assert.deepEqual(made.pictures, framesOf(film).pictures.slice(20, 40));
    assert.deepEqual(made.slices, [[0, made.video.size - 1]]);
    assert.deepEqual([made.video.name, made.video.type, made.video.size], ['cut', 'ts', made.info.size]);
    assert.ok(Math.abs(made.video.durationMs - 10_000) < 200, `${made.video.durationMs} ms`);
    const playable = await fixture.library.outputs.playable(APP, newFileId);
    assert.deepEqual(
      playable.map(({ kind, definition }) => [kind, definition]),
      [
        ['source', 0],
        ['transcode', 6],
      ],
    );

    await fixture.library.videos.delete(APP, fileId, 'high', Date.now());
    fixture.library.start();
    await fixture.keysOnce(2);
    const { vodTaskId } = await fixture.call('ProcessFile', {
      fileId: newFileId,
      transcode: { definition: '10' },
    });
    assert.equal((await fixture.finished(vodTaskId)).failure, null);
  });

  test('SimpleConcatHls puts all segments one after the other', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    await fixture.startEngine();
    const one = await withHls(fixture);
    const { newFileId } = await fixture.call('SimpleClipHls', {
      ...{ srcFileId: one, newFileName: 'end', startTimeOffset: '20', endTimeOffset: '24' },
    });
    const answer = await fixture.call('SimpleConcatHls', {
      srcFileList: { 0: { fileId: newFileId }, 1: one },
      name: 'both',
    });
    const made = await played(fixture, answer.fileId, answer.fileUrl);
    assert.equal(made.slices.length, 4);
    assert.equal(made.slices.at(-1)?.[1], made.video.size - 1);
    assert.equal(made.playlist.match(/DISCONTINUITY/g)?.length, 1);
    const all = framesOf(film).pictures;
    assert.deepEqual(made.pictures, [...all.slice(40), ...all]);
  });

  test('what does not fit into the storage that is left is refused, before and after it was copied', async () => {
    await using database = await open();
    let most: number | null = null;
    let isFullSoon = false;
    await using fixture = await createFixture(database.database, database.dataDir, undefined, {
      storageQuota: async () => {
        const now = most;
        if (isFullSoon) most = 1;
        return now;
      },
    });
    await fixture.startEngine();
    const fileId = await withHls(fixture);
    fixture.library.start();
    const keys = (await fixture.keys()).sort();
    const clip = () =>
      fixture.call('SimpleClipHls', {
        ...{ srcFileId: fileId, newFileName: 'cut', startTimeOffset: '0', endTimeOffset: '5' },
      });
    most = 1;
    await assert.rejects(clip(), fails(4400, /storage left/));
    assert.deepEqual((await fixture.keys()).sort(), keys);
    most = null;
    isFullSoon = true;
    await assert.rejects(clip(), fails(4400, /storage left/));
    assert.deepEqual((await fixture.keysOnce(keys.length)).sort(), keys);
  });

  test('what has no HLS, or nothing in between, is refused', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    await fixture.startEngine();
    const plain = await fixture.addVideo(film);
    const fileId = await withHls(fixture);
    const times = { newFileName: 'cut', startTimeOffset: '0', endTimeOffset: '5' };
    const clip = (more: object) => fixture.call('SimpleClipHls', { srcFileId: fileId, ...times, ...more });
    await assert.rejects(clip({ srcFileId: plain }), fails(10009, /no HLS/));
    await assert.rejects(clip({ srcFileId: '1' }), fails(10008, /no video/));
    await assert.rejects(clip({ startTimeOffset: '5' }), fails(1000, /endTimeOffset.*nothing lies/));
    await assert.rejects(clip({ newFileName: 'a\u0001' }), fails(1000, /newFileName/));
    const concat = (...ids: string[]) =>
      fixture.call('SimpleConcatHls', { srcFileList: { ...ids }, name: 'x' });
    await assert.rejects(concat(fileId, plain), fails(10009, /no HLS/));
    await assert.rejects(concat(fileId, '1'), fails(10008, /no video 1/));
    assert.equal((await fixture.keys()).length, 4);
  });
});
