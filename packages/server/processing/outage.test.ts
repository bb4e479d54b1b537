import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { describeOnBothDatabases } from '../testing/databases.ts';
import { startS3, type TestS3 } from '../testing/s3.ts';
import { makeClip } from './testing/clip.ts';
import { APP, createFixture } from './testing/fixture.ts';

let folder = '';
let clip = '';

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'openvod-test-'));
  clip = path.join(folder, 'clip.mp4');
  await makeClip(clip);
});
after(() => rm(folder, { recursive: true, force: true }));

/** Many more tries than a fault of the work itself gets. */
const TRIES = 12;

async function refusedTimes(s3: TestS3, times: number): Promise<void> {
  for (const before = s3.refused; s3.refused < before + times; ) await sleep(10);
}

describeOnBothDatabases('a store that goes away', (open) => {
  for (const how of ['reset', 'unavailable'] as const) {
    test(`while a transcode stores its results, and comes back: all is stored, at the first attempt (${how})`, async (t) => {
      await using database = await open();
      const s3 = await startS3();
      t.after(() => s3.stop());
      await using fixture = await createFixture(database.database, database.dataDir, s3.url);
      const fileId = await fixture.addVideo(clip);
      const { vodTaskId } = await fixture.call('ConvertVodFile', { fileId });
      const { runner } = fixture.processing;
      let isBack = false;
      await fixture.startEngine({
        outageMs: 10,
        runner: {
          ...runner,
          run: (flow, control) =>
            runner.run(flow, {
              ...{ signal: control.signal, started: (jobs) => control.started(jobs) },
              progress: (index, fraction) => control.progress(index, fraction),
              ended: (...result) => control.ended(...result),
              waitOut: (work) => {
                // Just when the first file is to be stored.
                if (!isBack) s3.away = how;
                return control.waitOut(work);
              },
            }),
        },
      });
      await refusedTimes(s3, TRIES);
      assert.equal((await fixture.tasks.findFlow(APP, vodTaskId, Date.now()))?.status, 'processing');
      isBack = true;
      s3.away = null;
      const flow = await fixture.finished(vodTaskId);
      assert.deepEqual([flow.failure, flow.attempt, flow.run], [null, 1, 1]);
      assert.equal((await fixture.events()).length, 1);
      const run = (await fixture.library.outputs.of(fixture.db, APP, fileId))[1]?.run ?? null;
      assert.deepEqual(
        (await fixture.keys()).sort(),
        [
          ...['f0.f20.mp4', 'f0.f220.m3u8', 'f0.f220.ts'].map(
            (name) => fixture.runFolderOf(fileId, run) + name,
          ),
          `${fixture.runFolderOf(fileId, null)}f0.mp4`,
        ].sort(),
      );
      assert.equal(s3.openUploads(), 0);
    });
  }

  test('before a task begins: it waits, and what it waited is no attempt', async (t) => {
    await using database = await open();
    const s3 = await startS3();
    t.after(() => s3.stop());
    await using fixture = await createFixture(database.database, database.dataDir, s3.url);
    const fileId = await fixture.addVideo(clip);
    s3.away = 'reset';
    const { vodTaskId } = await fixture.call('ConvertVodFile', { fileId });
    const engine = await fixture.startEngine({ outageMs: 10 });
    await refusedTimes(s3, TRIES);
    assert.deepEqual(
      engine.outages().map(({ outage }) => outage),
      ['storage'],
    );
    s3.away = null;
    const flow = await fixture.finished(vodTaskId);
    assert.deepEqual([flow.failure, flow.attempt], [null, 1]);
    assert.ok(flow.run > 1);
    while (engine.outages().length > 0) await sleep(5);
  });
});
