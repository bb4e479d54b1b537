import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sourceKey } from '../../common/object-keys.ts';
import { describeOnBothDatabases, type TestDatabase } from '../../testing/databases.ts';
import { makeClip } from '../testing/clip.ts';
import { APP, createFixture } from '../testing/fixture.ts';
import { type Origin, rangeOf, startOrigin } from './testing/origin.ts';

let folder = '';
let clip: Buffer;
let origin: Origin;

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'openvod-test-'));
  await makeClip(path.join(folder, 'clip.mp4'), { seconds: 3, size: '640x360' });
  clip = await readFile(path.join(folder, 'clip.mp4'));
  origin = await startOrigin();
});
after(async () => {
  await origin.stop();
  await rm(folder, { recursive: true, force: true });
});

const startWorker = ({ dataDir, url = '' }: TestDatabase) =>
  fork(new URL('../testing/worker.ts', import.meta.url), [dataDir, url]);

async function startPull(fixture: Awaited<ReturnType<typeof createFixture>>, url: string) {
  const { data } = await fixture.call('MultiPullVodFile', { pullset: { 1: { url, fileName: 'clip' } } });
  return data[0] as { vodTaskId: string; fileId: string };
}

describeOnBothDatabases('killed workers that pull', (open) => {
  test('what had come when they were killed does not come again, and the file is whole', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    origin.seen.length = 0;
    let isSlow = true;
    const url = origin.on('/slow', async (request, response) => {
      const { status, start, headers } = rangeOf(request, clip, '"1"');
      response.writeHead(status, headers);
      // What is last never comes to a worker that is to be killed.
      const end = isSlow ? clip.length - 1000 : clip.length;
      for (let at = start; at < end && !response.destroyed; at += 8192) {
        response.write(clip.subarray(at, Math.min(end, at + 8192)));
        if (isSlow) await sleep(25);
      }
      if (!isSlow) response.end();
    });
    const { vodTaskId, fileId } = await startPull(fixture, url);
    for (const kill of [1, 2]) {
      const worker = startWorker(database);
      const isMarked = async () => {
        const mark = await readFile(path.join(fixture.pullDir, `${vodTaskId}.source.json`), 'utf8').catch(
          () => null,
        );
        return mark !== null && origin.seen.length === kill;
      };
      while (!(await isMarked())) await sleep(10);
      worker.kill('SIGKILL');
      await once(worker, 'exit');
      assert.equal((await fixture.events()).length, 0);
    }
    isSlow = false;
    await fixture.startEngine();
    assert.equal((await fixture.finished(vodTaskId)).failure, null);
    const offsets = origin.seen.map(({ range }) => Number(range?.match(/\d+/)?.[0] ?? 0));
    assert.equal(offsets[0], 0);
    for (const offset of offsets.slice(1)) assert.ok(offset > 0, `begun anew: ${offsets}`);
    const key = sourceKey(APP, fileId, 'mp4');
    assert.deepEqual(await fixture.keys(), [key]);
    assert.deepEqual(await buffer(await fixture.store.read(key)), clip);
    const told = (await fixture.events()).map(({ eventType, data }) => [eventType, data.fileId]);
    assert.deepEqual(told, [
      ['NewFileUpload', fileId],
      ['PullComplete', fileId],
    ]);
    while ((await readdir(fixture.pullDir)).length > 0) await sleep(5);
  });

  test('a file that they had stored is not fetched again', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    origin.seen.length = 0;
    const { vodTaskId, fileId } = await startPull(fixture, `${origin.url}/stored`);
    const now = Date.now();
    assert.ok(await fixture.tasks.claim(vodTaskId, { token: 'killed', until: now }, now));
    await fixture.store.put(sourceKey(APP, fileId, 'mp4'), clip);

    await fixture.startEngine();
    assert.equal((await fixture.finished(vodTaskId)).failure, null);
    const video = await fixture.library.videos.require(fixture.db, APP, fileId);
    assert.deepEqual([video.size, video.info?.video.length], [clip.length, 1]);
    assert.deepEqual(origin.seen, []);
  });
});
