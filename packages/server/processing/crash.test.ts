import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { runName } from '../common/object-keys.ts';
import { openStore } from '../storage/index.ts';
import { presetOf } from '../templates/index.ts';
import { describeOnBothDatabases, type TestDatabase } from '../testing/databases.ts';
import { filesBelow } from '../testing/files.ts';
import { startS3 } from '../testing/s3.ts';
import { makeClip } from './testing/clip.ts';
import { APP, createFixture } from './testing/fixture.ts';

function startWorker(
  { dataDir, url = '' }: TestDatabase,
  storageUrl?: string,
  ...call: [action?: string, params?: string]
): ChildProcess {
  const worker = new URL('./testing/worker.ts', import.meta.url);
  return fork(worker, [dataDir, url, ...(storageUrl ? [storageUrl] : []), ...(call as string[])]);
}

/** The files that workers are just making. */
async function filesInWork(workDir: string): Promise<string[]> {
  return (await filesBelow(workDir)).filter((name) => /f0\.f\d+\./.test(name));
}

describeOnBothDatabases('killed workers', (open) => {
  test('the task of a worker that was killed while transcoding is picked up and finishes once', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const clip = path.join(database.dataDir, 'clip.mp4');
    await makeClip(clip, { seconds: 4, size: '640x360' });
    const fileId = await fixture.addVideo(clip);
    const { vodTaskId } = await fixture.call('ConvertVodFile', { fileId });

    let folders: string[] = [];
    for (const kill of [1, 2]) {
      const worker = startWorker(database);
      for (;;) {
        const flow = await fixture.tasks.findFlow(APP, vodTaskId, Date.now());
        assert.notEqual(flow?.status, 'finished', 'the clip is too short for this machine');
        if (flow?.run === kill && (await filesInWork(fixture.workDir)).length > 0) break;
        await sleep(5);
      }
      worker.kill('SIGKILL');
      await once(worker, 'exit');
      folders = await readdir(fixture.workDir);
    }
    assert.equal((await fixture.events()).length, 0);

    await fixture.startEngine();
    const flow = await fixture.finished(vodTaskId);
    assert.deepEqual([flow.failure, flow.run], [null, 3]);
    const events = await fixture.events();
    assert.deepEqual(
      events.map(({ eventType, data }) => [eventType, data.status, data.vodTaskId]),
      [['TranscodeComplete', 0, vodTaskId]],
    );
    const renditions = await fixture.library.outputs.of(fixture.db, APP, fileId);
    assert.deepEqual(
      renditions.map(({ definition, durationMs }) => [definition, Math.round(durationMs / 1000)]),
      [
        [0, 4],
        [20, 4],
        [220, 4],
      ],
    );
    const run = fixture.runFolderOf(fileId, renditions[1]!.run);
    assert.deepEqual(
      (await fixture.keys()).sort(),
      [
        ...['f0.f20.mp4', 'f0.f220.m3u8', 'f0.f220.ts'].map((name) => run + name),
        fixture.runFolderOf(fileId, null) + renditions[0]!.name,
      ].sort(),
    );
    await fixture.processing.start();
    for (;;) {
      const left = await readdir(fixture.workDir);
      if (!folders.some((name) => left.includes(name))) break;
      await sleep(5);
    }
    await fixture.workIsPutAway();
  });

  test('a template that changes and goes while its worker is dead: the next one makes what was asked for', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const clip = path.join(database.dataDir, 'clip.mp4');
    await makeClip(clip, { seconds: 4, size: '640x360' });
    const fileId = await fixture.addVideo(clip);
    const { body } = presetOf('transcode', 10)!;
    const { id } = await fixture.templates.create(APP, 'transcode', { body }, 1000);
    const { vodTaskId } = await fixture.call('ProcessFile', {
      fileId,
      transcode: { definition: { 0: String(id) } },
    });
    const worker = startWorker(database);
    while ((await filesInWork(fixture.workDir)).length === 0) await sleep(5);
    worker.kill('SIGKILL');
    await once(worker, 'exit');
    await fixture.templates.change(APP, 'transcode', id, { body: { container: 'flv', video: null } }, 2000);
    await fixture.templates.remove(APP, 'transcode', id);

    await fixture.startEngine();
    assert.equal((await fixture.finished(vodTaskId)).failure, null);
    const [, made] = await fixture.library.outputs.of(fixture.db, APP, fileId);
    assert.deepEqual([made?.name, made?.width, made?.height], [`f0.f${id}.mp4`, 320, 180]);
  });

  test('what a worker had stored goes also when the next one is killed before it removes it', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const clip = path.join(database.dataDir, 'clip.mp4');
    await makeClip(clip);
    const fileId = await fixture.addVideo(clip);
    const { vodTaskId } = await fixture.call('ConvertVodFile', { fileId });
    const claimAndDie = () => {
      const now = Date.now();
      return fixture.tasks.claim(vodTaskId, { token: 'killed', until: now }, now);
    };
    const first = await claimAndDie();
    const left = `${fixture.runFolderOf(fileId, runName(vodTaskId, first!.run))}f0.f20.mp4`;
    await fixture.store.put(left, Buffer.from('stored, but not published'));
    assert.equal((await claimAndDie())?.run, 2);

    await fixture.startEngine();
    assert.equal((await fixture.finished(vodTaskId)).run, 3);
    fixture.age(60_000);
    fixture.library.start();
    assert.ok(!(await fixture.keysOnce(4)).includes(left));
  });

  test('what a worker had stored when it was killed goes, and so does its download of the source', async (t) => {
    await using database = await open();
    const s3 = await startS3();
    t.after(() => s3.stop());
    await using fixture = await createFixture(database.database, database.dataDir, s3.url);
    const clip = path.join(database.dataDir, 'clip.mp4');
    await makeClip(clip);
    const fileId = await fixture.addVideo(clip);
    const { vodTaskId } = await fixture.call('ConvertVodFile', { fileId });
    const stored = Promise.withResolvers<string>();
    s3.onStored = (key) => {
      // The worker has stored one of its files, and waits to be rid of the others.
      s3.away = 'reset';
      stored.resolve(key);
    };
    const worker = startWorker(database, s3.url);
    const key = await stored.promise;
    const downloads = path.join(database.dataDir, 'downloads');
    const [owner] = await readdir(downloads);
    assert.equal((await filesBelow(path.join(downloads, owner!))).length, 1);
    worker.kill('SIGKILL');
    await once(worker, 'exit');
    s3.onStored = () => {};
    s3.away = null;
    assert.ok(s3.keys().includes(key));

    await fixture.startEngine();
    const flow = await fixture.finished(vodTaskId);
    assert.deepEqual([flow.failure, flow.run], [null, 2]);
    while (s3.keys().includes(key)) await sleep(5);
    assert.equal((await fixture.keys()).length, 4);
    const another = await openStore(s3.url, database.dataDir);
    await another.close();
    assert.ok(!(await readdir(downloads)).includes(owner!));
  });

  test('a clip whose worker was killed is made once, by the next one', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const film = path.join(database.dataDir, 'film.mp4');
    await makeClip(film, { seconds: 6, size: '1280x720' });
    const fileId = await fixture.addVideo(film);
    const asked = { fileId, newFileName: 'cut', startTimeOffset: '1' };
    const { vodTaskId } = await fixture.call('ClipVideo', asked);
    const worker = startWorker(database);
    while (!(await filesBelow(fixture.workDir)).some((name) => name.endsWith('f0.mp4'))) {
      const flow = await fixture.tasks.findFlow(APP, vodTaskId, Date.now());
      assert.notEqual(flow?.status, 'finished', 'the film is too short for this machine');
      await sleep(5);
    }
    worker.kill('SIGKILL');
    await once(worker, 'exit');

    await fixture.startEngine();
    const flow = await fixture.finished(vodTaskId);
    assert.deepEqual([flow.failure, flow.run], [null, 2]);
    const [event, ...others] = await fixture.events();
    assert.deepEqual([event.eventType, event.data.fileInfo.status, others.length], ['ClipComplete', 0, 0]);
    const made = await fixture.library.videos.require(fixture.db, APP, event.data.fileInfo.fileId);
    assert.ok(Math.abs(made.durationMs - 5000) < 50, `${made.durationMs} ms`);
    const source = await fixture.library.videos.require(fixture.db, APP, fileId);
    assert.deepEqual((await fixture.keys()).sort(), [made.sourceKey, source.sourceKey].sort());
  });

  test('a join whose worker was killed with files stored is made once, and leaves nothing else', async (t) => {
    await using database = await open();
    const s3 = await startS3();
    t.after(() => s3.stop());
    await using fixture = await createFixture(database.database, database.dataDir, s3.url);
    const film = path.join(database.dataDir, 'film.mp4');
    await makeClip(film);
    const fileId = await fixture.addVideo(film);
    const { vodTaskId } = await fixture.call('ConcatVideo', {
      ...{ srcFileList: { 0: fileId, 1: fileId }, name: 'all', dstType: { 0: 'm3u8', 1: 'mp4' } },
    });
    const files = Promise.withResolvers<void>();
    let stored = 0;
    s3.onStored = () => {
      stored += 1;
      if (stored < 2) return;
      // The MP4 and a file of the HLS are there; the rest never comes.
      s3.away = 'reset';
      files.resolve();
    };
    const worker = startWorker(database, s3.url);
    await files.promise;
    worker.kill('SIGKILL');
    await once(worker, 'exit');
    s3.onStored = () => {};
    s3.away = null;
    assert.equal((await fixture.events()).length, 0);

    await fixture.startEngine();
    const flow = await fixture.finished(vodTaskId);
    assert.deepEqual([flow.failure, flow.run], [null, 2]);
    const [event, ...others] = await fixture.events();
    assert.deepEqual([event.eventType, others.length], ['ConcatComplete', 0]);
    const [hls, mp4] = event.data.fileInfo;
    assert.deepEqual([hls.status, mp4.status, hls.fileId], [0, 0, mp4.fileId]);
    const [made, source] = [mp4.fileId, fileId].map((id) =>
      fixture.library.videos.require(fixture.db, APP, id),
    );
    assert.ok(Math.abs((await made!).durationMs - 4000) < 150, `${(await made!).durationMs} ms`);
    const run = fixture.runFolderOf(mp4.fileId, runName(vodTaskId, 2));
    const expected = [
      (await source!).sourceKey,
      (await made!).sourceKey,
      `${run}f0.f6.m3u8`,
      `${run}f0.f6.ts`,
    ];
    // What the first start had stored goes a moment later.
    fixture.age(60_000);
    fixture.library.start();
    assert.deepEqual((await fixture.keysOnce(4)).sort(), expected.sort());
  });

  test('segments that a killed SimpleClipHls had copied go half an hour later', async (t) => {
    await using database = await open();
    const s3 = await startS3();
    t.after(() => s3.stop());
    await using fixture = await createFixture(database.database, database.dataDir, s3.url);
    const film = path.join(database.dataDir, 'film.mp4');
    await makeClip(film);
    const fileId = await fixture.addVideo(film);
    await fixture.startEngine();
    const { vodTaskId } = await fixture.call('ProcessFile', { fileId, transcode: { definition: '6' } });
    assert.equal((await fixture.finished(vodTaskId)).failure, null);
    const before = (await fixture.keys()).sort();
    const stored = Promise.withResolvers<string>();
    s3.onStored = (key) => {
      // Its playlist never comes.
      s3.away = 'reset';
      stored.resolve(key);
    };
    const asked = { srcFileId: fileId, newFileName: 'cut', startTimeOffset: '0', endTimeOffset: '2' };
    const worker = startWorker(database, s3.url, 'SimpleClipHls', JSON.stringify(asked));
    const key = await stored.promise;
    worker.kill('SIGKILL');
    await once(worker, 'exit');
    s3.onStored = () => {};
    s3.away = null;
    assert.match(key, /f0\.ts$/);
    assert.equal((await fixture.keys()).length, before.length + 1);

    await using later = await createFixture(database.database, database.dataDir, s3.url, {
      clock: () => Date.now() + 30 * 60_000,
    });
    later.library.start();
    assert.deepEqual((await later.keysOnce(before.length)).sort(), before);
    assert.deepEqual(
      (await later.events()).filter(({ eventType }) => eventType === 'FileDeleted'),
      [],
    );
  });
});
