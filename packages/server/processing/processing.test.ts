import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { ApiError, ProcedureStateChanged, TranscodeComplete } from '@openvod/contract';
import { describeOnBothDatabases } from '../testing/databases.ts';
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

const fails = (code: number, message: RegExp) => (error: unknown) =>
  error instanceof ApiError && error.code === code && message.test(error.message);

describeOnBothDatabases('processing', (open) => {
  test('ConvertVodFile makes the default definitions, all playable, and says so in one event', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const { db, library, store, call } = fixture;
    const fileId = await fixture.addVideo(clip);
    const { vodTaskId } = await call('ConvertVodFile', { fileId });
    assert.match(vodTaskId, /^transcode-[0-9a-f]{32}$/);
    assert.equal((await library.getVideo(db, APP, fileId))?.status, 'waiting');
    const waiting = await call('GetTaskInfo', { vodTaskId });
    assert.deepEqual(
      [waiting.status, waiting.data.status, waiting.beginProcessTime],
      ['WAITING', 'WAITING', 0],
    );

    await fixture.startEngine();
    const flow = await fixture.finished(vodTaskId);
    assert.deepEqual([flow.errorCode, flow.message, flow.attempt], [0, '', 1]);
    assert.equal((await library.getVideo(db, APP, fileId))?.status, 'normal');
    const renditions = await library.renditions(db, APP, fileId);
    assert.deepEqual(
      renditions.map(({ definition }) => definition),
      [0, 20, 220],
    );
    for (const { key, size } of renditions) assert.equal((await store.head(key))?.size, size);
    assert.match(renditions[1]!.key, /\/f0\.f20\.mp4$/);
    assert.match(renditions[2]!.key, /\/f0\.f220\.m3u8$/);

    const [event, ...others] = await fixture.events();
    assert.equal(others.length, 0);
    assert.equal(event.eventType, 'TranscodeComplete');
    TranscodeComplete.data.parse(event.data);
    assert.deepEqual([event.data.status, event.data.vodTaskId, event.data.fileId], [0, vodTaskId, fileId]);
    assert.deepEqual(
      event.data.playSet.map(({ definition }: { definition: number }) => definition),
      [0, 20, 220],
    );
    const info = await call('GetTaskInfo', { vodTaskId });
    assert.deepEqual([info.status, info.type], ['FINISHED', 'transcode']);
    assert.deepEqual(info.data, event.data);
    assert.deepEqual(await readdir(path.join(fixture.workDir, (await readdir(fixture.workDir))[0]!)), []);
  });

  test('ProcessFile reports each definition, with a master playlist when asked, and every change when asked', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const fileId = await fixture.addVideo(clip);
    const { vodTaskId } = await fixture.call('ProcessFile', {
      fileId,
      transcode: { definition: { 1: '210', 4: '10', 7: '210' }, hlsMasterPlaylist: '1' },
      notifyMode: 'change',
    });
    assert.match(vodTaskId, new RegExp(`^${APP}-Procedure-[0-9a-f]{32}$`));
    await fixture.startEngine();
    await fixture.finished(vodTaskId);
    const events = await fixture.events();
    assert.deepEqual(
      events.map(({ data }) => [
        data.status,
        ...data.processTaskList.map((sub: { status: string }) => sub.status),
      ]),
      [
        ['PROCESSING', 'PROCESSING', 'PROCESSING'],
        ['FINISH', 'SUCCESS', 'SUCCESS'],
      ],
    );
    for (const { eventType, data } of events) {
      assert.equal(eventType, 'ProcedureStateChanged');
      ProcedureStateChanged.data.parse(data);
    }
    const [hls, mp4] = events[1].data.processTaskList;
    assert.deepEqual([hls.input.definition, hls.output.container], [210, 'hls,applehttp']);
    assert.deepEqual([mp4.input.definition, mp4.output.container, mp4.output.width], [10, 'mp4', 320]);
    assert.deepEqual([mp4.errCode, mp4.output.duration, mp4.progress], [0, 2, 100]);
    assert.equal(events[1].data.metaData.videoStreamList[0].width, 320);
    const renditions = await fixture.library.renditions(fixture.db, APP, fileId);
    assert.deepEqual(
      renditions.map(({ definition }) => definition),
      [0, 10, 210, 10000],
    );
  });

  test('redoing a task replaces its files, and leaves none of the old ones', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const fileId = await fixture.addVideo(clip);
    const { vodTaskId } = await fixture.call('ProcessFile', { fileId, transcode: { definition: '10' } });
    await fixture.startEngine();
    await fixture.finished(vodTaskId);
    const first = await fixture.keys();
    assert.deepEqual(await fixture.call('RedoTask', { vodTaskId }), {});
    const second = await fixture.finished(vodTaskId);
    assert.deepEqual([second.run, second.attempt, second.errorCode], [2, 1, 0]);
    const [source, rendition] = await fixture.library.renditions(fixture.db, APP, fileId);
    assert.ok(!first.includes(rendition!.key));
    const keys = await fixture.keysOnce(2);
    assert.deepEqual(keys.sort(), [source!.key, rendition!.key].sort());
    assert.equal((await fixture.events()).length, 2);
    await assert.rejects(
      fixture.call('RedoTask', { vodTaskId: 'transcode-0' }),
      fails(10026, /does not exist/),
    );
  });

  test('a source that is no media fails at once with its code, 30009 in task flows, and stays playable', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const text = path.join(database.dataDir, 'text');
    await writeFile(text, 'no media at all\n'.repeat(100));
    const fileId = await fixture.addVideo(text);
    const convert = await fixture.call('ConvertVodFile', { fileId });
    const process = await fixture.call('ProcessFile', { fileId, transcode: { definition: '10' } });
    await fixture.startEngine();
    const flow = await fixture.finished(convert.vodTaskId);
    await fixture.finished(process.vodTaskId);
    assert.deepEqual([flow.errorCode, flow.attempt], [-43001, 1]);
    assert.notEqual(flow.log, '');
    // Two tasks of the same age end in any order.
    const events = await fixture.events();
    const eventOf = (type: string) => events.find(({ eventType }) => eventType === type);
    const [complete, changed] = [eventOf('TranscodeComplete'), eventOf('ProcedureStateChanged')];
    assert.deepEqual([complete.data.status, complete.data.playSet], [-43001, undefined]);
    TranscodeComplete.data.parse(complete.data);
    assert.deepEqual([changed.data.errCode, changed.data.processTaskList[0].errCode], [30009, 30009]);
    ProcedureStateChanged.data.parse(changed.data);
    assert.equal((await fixture.library.getVideo(fixture.db, APP, fileId))?.status, 'transcodeFailed');
    assert.equal((await fixture.keys()).length, 1);
  });

  test('disableHigherBitrate leaves definitions out silently; when none is left the flow succeeds with nothing', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const fileId = await fixture.addVideo(clip);
    const video = await fixture.library.getVideo(fixture.db, APP, fileId);
    const kbps = video!.info!.video[0]!.bitrate / 1000;
    const ask = async (definitions: string[]) => {
      const transcode = { definition: { ...definitions }, disableHigherBitrate: '1' };
      const { vodTaskId } = await fixture.call('ProcessFile', { fileId, transcode, notifyMode: 'None' });
      const { data } = await fixture.call('GetTaskInfo', { vodTaskId });
      return {
        vodTaskId,
        definitions: data.processTaskList.map(
          (sub: { input: { definition: number } }) => sub.input.definition,
        ),
      };
    };
    const kept = [10, 20, 30, 40].filter((_, n) => [256, 512, 1024, 2500][n]! <= kbps);
    assert.deepEqual((await ask(['10', '20', '30', '40'])).definitions, kept);
    const none = await ask(['241', '242']);
    assert.deepEqual(none.definitions, []);
    await fixture.startEngine();
    assert.equal((await fixture.finished(none.vodTaskId)).errorCode, 0);
    assert.deepEqual(await fixture.events(), []);
  });

  test('what cannot be asked for is refused, by name', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const fileId = await fixture.addVideo(clip);
    const refusals: [string, Record<string, unknown>, number, RegExp][] = [
      ['ConvertVodFile', { fileId: '1' }, 10008, /1 does not exist/],
      ['ConvertVodFile', { fileId, isScreenshot: '1' }, 6100, /isScreenshot is not offered yet/],
      ['ConvertVodFile', { fileId, isWatermark: '1' }, 6100, /isWatermark/],
      ['ProcessFile', { fileId: '1', transcode: { definition: '10' } }, 10008, /1 does not exist/],
      ['ProcessFile', { fileId }, 1000, /no job/],
      [
        'ProcessFile',
        { fileId, transcode: { definition: { 0: '10', 1: '999' } } },
        1000,
        /no definition 999/,
      ],
      ['ProcessFile', { fileId, sampleSnapshot: { definition: '10' } }, 6100, /sampleSnapshot/],
      ['ProcessFile', { fileId, imageSprite: { definition: '10' } }, 6100, /imageSprite/],
      [
        'ProcessFile',
        { fileId, transcode: { definition: '10', watermark: '1' } },
        6100,
        /transcode\.watermark/,
      ],
      ['GetTaskInfo', { vodTaskId: 'transcode-1' }, 10026, /does not exist/],
      ['GetTaskList', { nextForWaiting: 'nonsense' }, 1000, /nonsense/],
    ];
    for (const [name, params, code, message] of refusals) {
      await assert.rejects(fixture.call(name, params), fails(code, message), name);
    }
    assert.deepEqual(
      (await fixture.call('GetTaskList', {})).data.map(({ status }: { status: string }) => status),
      ['WAITING', 'PROCESSING', 'FINISHED'],
    );
  });

  test('GetTaskList groups, filters and goes on', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const fileId = await fixture.addVideo(clip);
    const started: string[] = [];
    for (let n = 0; n < 3; n++) {
      started.push(
        (await fixture.call('ProcessFile', { fileId, transcode: { definition: '10' } })).vodTaskId,
      );
    }
    const seen: string[] = [];
    let next: string | undefined;
    do {
      const { data } = await fixture.call('GetTaskList', {
        ...{ fileId, status: 'waiting', maxCount: '2', nextForWaiting: next ?? '' },
      });
      assert.equal(data.length, 1);
      assert.deepEqual(data[0].taskList, data[0].vodTaskList);
      seen.push(...data[0].taskList.map(({ vodTaskId }: { vodTaskId: string }) => vodTaskId));
      next = data[0].next;
    } while (next);
    assert.deepEqual(seen.sort(), started.sort());
    assert.equal((await fixture.call('GetTaskList', { fileId: '1' })).data[0].taskList.length, 0);
    assert.equal((await fixture.call('GetTaskList', {}, '1250000002')).data[0].taskList.length, 0);
  });

  test('a deleted video ends its task, and what was stored of it goes', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const { db, tasks, processing } = fixture;
    const fileId = await fixture.addVideo(clip);
    const { vodTaskId } = await fixture.call('ConvertVodFile', { fileId });
    // The deletion comes when everything is stored, just before the result is written.
    await fixture.startEngine({
      runner: {
        ...processing.runner,
        run: (flow, control) =>
          processing.runner.run(flow, {
            signal: control.signal,
            started: (indexes) => control.started(indexes),
            progress: (index, fraction) => control.progress(index, fraction),
            complete: async (...result) => {
              await db.transaction().execute((trx) => tasks.cancelFlows(trx, APP, fileId, Date.now()));
              await control.complete(...result);
            },
          }),
      },
    });
    assert.equal((await fixture.finished(vodTaskId)).errorCode, 30010);
    await fixture.keysOnce(1);
    assert.equal((await fixture.library.renditions(db, APP, fileId)).length, 1);
    assert.deepEqual(await fixture.events(), []);
  });
});
