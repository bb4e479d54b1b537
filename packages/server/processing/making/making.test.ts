import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { ClipComplete, ConcatComplete } from '@openvod/contract/v2';
import { usedStorage } from '../../library/index.ts';
import { probe } from '../../media/index.ts';
import { makeClip } from '../../media/testing/clips.ts';
import { framesOf } from '../../media/testing/frames.ts';
import { describeOnBothDatabases } from '../../testing/databases.ts';
import { WireError } from '../../testing/wire-error.ts';
import { APP, createFixture } from '../testing/fixture.ts';

let folder = '';
let film = '';
let small = '';

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'openvod-test-'));
  const common = '-c:v libx264 -preset ultrafast -pix_fmt yuv420p -g 24';
  film = makeClip(
    folder,
    'film.mp4',
    `-f lavfi -i testsrc2=s=320x180:r=24:d=4 -f lavfi -i sine=d=4 ${common} -c:a aac`,
  );
  small = makeClip(folder, 'small.mp4', `-f lavfi -i testsrc=s=160x120:r=25:d=1 ${common}`);
});
after(() => rm(folder, { recursive: true, force: true }));

const fails = (code: number, message: RegExp) => (error: unknown) =>
  error instanceof WireError && error.code === code && message.test(error.message);

type Fixture = Awaited<ReturnType<typeof createFixture>>;

/** The file behind an address, as a local one. */
async function fetched({ store }: Fixture, url: string) {
  const key = url.replace('https://media.example.com/', '');
  const file = await store.localFile(key);
  return { key, path: file.path, info: await probe(file.path), pictures: framesOf(file.path).pictures };
}

describeOnBothDatabases('videos made of others', (open) => {
  test('ClipVideo makes a video of a stretch, which stays when its source goes, and tells of it once', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const { db, library, call } = fixture;
    const fileId = await fixture.addVideo(film);
    const asked = { fileId, newFileName: 'cut', startTimeOffset: '1', endTimeOffset: '-1' };
    const { vodTaskId } = await call('ClipVideo', asked);
    assert.match(vodTaskId, /^clipVideo-[0-9a-f]{32}$/);
    const waiting = await call('GetTaskInfo', { vodTaskId });
    assert.deepEqual(
      [waiting.status, waiting.type, waiting.data.status, waiting.data.srcFileId],
      ['WAITING', 'clip', 'WAITING', fileId],
    );
    await fixture.startEngine();
    await fixture.finished(vodTaskId);

    const [event, ...others] = await fixture.events();
    assert.equal(others.length, 0);
    assert.equal(event.eventType, 'ClipComplete');
    ClipComplete.data.parse(event.data);
    const { fileInfo, ...about } = event.data;
    assert.deepEqual(about, { vodTaskId, srcFileId: fileId });
    assert.deepEqual([fileInfo.fileType, fileInfo.status, fileInfo.message], ['mp4', 0, '']);
    assert.deepEqual((await call('GetTaskInfo', { vodTaskId })).data, event.data);
    const made = await fetched(fixture, fileInfo.fileUrl);
    assert.deepEqual(made.pictures, framesOf(film).pictures.slice(24, 72));
    const video = await library.videos.require(db, APP, fileInfo.fileId);
    assert.deepEqual(
      [video.name, video.type, video.status, video.sourceKey, Math.round(video.durationMs / 100)],
      ['cut', 'mp4', 'normal', made.key, 20],
    );
    assert.equal(video.size, made.info.size);
    assert.equal((await library.videos.get(db, APP, fileId))?.status, 'normal');
    await fixture.workIsPutAway();

    await library.videos.delete(APP, fileId, 'high', Date.now());
    assert.ok(await library.videos.get(db, APP, fileInfo.fileId));
    await assert.rejects(call('RedoTask', { vodTaskId }), fails(10026, /has made its video/));
  });

  test('ConcatVideo joins in the order asked for, as MP4 and HLS of one new video', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const { db, library, call } = fixture;
    const [one, two] = [await fixture.addVideo(film), await fixture.addVideo(small)];
    const { vodTaskId } = await call('ConcatVideo', {
      srcFileList: { 0: { fileId: one }, 1: two, 2: { fileId: one } },
      name: 'all',
      dstType: { 0: 'm3u8', 1: 'mp4' },
    });
    assert.match(vodTaskId, /^concat-[0-9a-f]{32}$/);
    await fixture.startEngine();
    await fixture.finished(vodTaskId);
    const [event, ...others] = await fixture.events();
    assert.equal(others.length, 0);
    assert.equal(event.eventType, 'ConcatComplete');
    ConcatComplete.data.parse(event.data);
    const [hls, mp4] = event.data.fileInfo;
    assert.deepEqual([hls.fileType, hls.status, mp4.fileType, mp4.status], ['m3u8', 0, 'mp4', 0]);
    assert.equal(hls.fileId, mp4.fileId);
    assert.match(hls.fileUrl, /\/f0\.f6\.m3u8$/);
    assert.equal((await call('GetTaskInfo', { vodTaskId })).type, 'concat');
    const made = await fetched(fixture, mp4.fileUrl);
    assert.equal(made.pictures.length, 96 + 25 + 96);
    assert.deepEqual([made.info.video[0]?.width, made.info.video[0]?.height], [320, 180]);
    assert.ok(Math.abs(made.info.durationMs - 9000) < 150, `${made.info.durationMs} ms`);
    const outputs = await library.outputs.of(db, APP, hls.fileId);
    assert.deepEqual(
      outputs.map(({ kind, definition }) => [kind, definition]),
      [
        ['source', 0],
        ['transcode', 6],
      ],
    );
    const segments = `${fixture.runFolderOf(hls.fileId, outputs[1]!.run)}f0.f6.ts`;
    await using transport = await fixture.store.localFile(segments);
    assert.equal(framesOf(transport.path).pictures.length, 217);
    assert.equal((await library.videos.require(db, APP, hls.fileId)).name, 'all');
  });

  test('what cannot be cut or joined is refused at once, or ends in the event', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const { call } = fixture;
    const fileId = await fixture.addVideo(film);
    const text = path.join(folder, 'text.mp4');
    await writeFile(text, 'no media');
    const noMedia = await fixture.addVideo(text);
    const clip = (more: object) => call('ClipVideo', { fileId, newFileName: 'cut', ...more });
    await assert.rejects(clip({ fileId: '1' }), fails(10008, /no video/));
    await assert.rejects(clip({ fileId: noMedia }), fails(10009, /no media/));
    await assert.rejects(clip({ startTimeOffset: '4' }), fails(1000, /endTimeOffset.*nothing lies between/));
    await assert.rejects(clip({ startTimeOffset: '3', endTimeOffset: '2' }), fails(1000, /nothing/));
    await assert.rejects(clip({ newFileName: 'a\u0001b' }), fails(1000, /newFileName/));
    const concat = (...ids: string[]) =>
      call('ConcatVideo', { srcFileList: { ...ids }, name: 'all', dstType: 'mp4' });
    await assert.rejects(concat(fileId, '1'), fails(10008, /no video 1/));
    await assert.rejects(concat(fileId, noMedia), fails(10009, /no media/));

    const sound = makeClip(folder, 'sound.m4a', '-f lavfi -i sine=d=1 -c:a aac');
    const mute = await fixture.addVideo(sound);
    const mixed = await concat(fileId, mute);
    const damaged = await fixture.addVideo(film);
    const { vodTaskId } = await clip({ fileId: damaged });
    const { sourceKey } = await fixture.library.videos.require(fixture.db, APP, damaged);
    await fixture.store.put(sourceKey, Buffer.from('overwritten'));
    await fixture.startEngine();
    for (const id of [mixed.vodTaskId, vodTaskId]) await fixture.finished(id);
    const events = await fixture.events();
    const about = (id: string) => events.find(({ data }) => data.vodTaskId === id).data;
    const joined = about(mixed.vodTaskId);
    assert.deepEqual(joined.fileInfo, [{ fileType: 'mp4', status: 4, message: joined.message }]);
    assert.match(joined.message, /no video/);
    const { fileInfo } = about(vodTaskId);
    assert.deepEqual(Object.keys(fileInfo).sort(), ['message', 'status']);
    assert.equal(fileInfo.status, -43001);
    await fixture.workIsPutAway();
  });

  test('what would not fit into the storage that is left is not kept, and the event says why', async () => {
    await using database = await open();
    let most: number | null = null;
    let asked: (() => void) | null = null;
    await using fixture = await createFixture(database.database, database.dataDir, undefined, {
      storageQuota: async () => {
        asked?.();
        return most;
      },
    });
    await fixture.startEngine();
    const { call, db, library } = fixture;
    const fileId = await fixture.addVideo(film);
    const ended = async (action: string, params: object, onStart = () => {}) => {
      const { vodTaskId } = await call(action, { ...params });
      onStart();
      await fixture.finished(vodTaskId);
      return (await fixture.events()).find(({ data }) => data.vodTaskId === vodTaskId).data;
    };
    const clip = { fileId, newFileName: 'cut', startTimeOffset: '1' };
    const concat = { srcFileList: { 0: fileId, 1: fileId }, name: 'all', dstType: { 0: 'm3u8', 1: 'mp4' } };
    const used = async () => (await usedStorage(db, APP)).bytes;
    const before = await used();
    const { fileInfo } = await ended('ClipVideo', clip);
    const size = (await used()) - before;
    assert.equal(size, (await library.videos.require(db, APP, fileInfo.fileId)).size);
    most = before + 2 * size;
    assert.equal((await ended('ClipVideo', clip)).fileInfo.status, 0);

    const keys = (await fixture.keys()).sort();
    most = before + 3 * size - 1;
    const refused = (await ended('ClipVideo', clip)).fileInfo;
    assert.deepEqual(Object.keys(refused).sort(), ['message', 'status']);
    assert.equal(refused.status, 4400);
    assert.match(refused.message, /storage left/);
    const joined = await ended('ConcatVideo', concat);
    assert.match(joined.message, /storage left/);
    assert.deepEqual(
      joined.fileInfo.map(({ status }: { status: number }) => status),
      [-1, -1],
    );
    // Others take the room while the files are being stored: it is asked for when the work is begun, before and after that.
    most = null;
    let times = 0;
    const full = await ended('ClipVideo', clip, () => {
      asked = () => {
        times += 1;
        if (times === 2) most = 1;
      };
    });
    assert.deepEqual([full.fileInfo.status, times], [4400, 2]);
    assert.deepEqual((await fixture.keys()).sort(), keys);
    await fixture.workIsPutAway();
  });

  test('a source that is deleted ends the work on it, and nothing of it stays', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const fileId = await fixture.addVideo(film);
    const { vodTaskId } = await fixture.call('ClipVideo', { fileId, newFileName: 'cut' });
    await fixture.library.videos.delete(APP, fileId, 'high', Date.now());
    await fixture.startEngine();
    const flow = await fixture.finished(vodTaskId);
    assert.equal(flow.failure?.kind, 'cancelled');
    const [event] = (await fixture.events()).filter(({ eventType }) => eventType === 'ClipComplete');
    assert.ok(event.data.fileInfo.status < 0);
    fixture.library.start();
    await fixture.keysOnce(0);
  });
});
