import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { ProcedureStateChanged, TranscodeComplete } from '@openvod/contract/v2';
import { presetOf } from '../templates/index.ts';
import { describeOnBothDatabases } from '../testing/databases.ts';
import { WireError } from '../testing/wire-error.ts';
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
  error instanceof WireError && error.code === code && message.test(error.message);

describeOnBothDatabases('processing', (open) => {
  test('ConvertVodFile makes the default definitions, all playable, and says so in one event', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const { db, library, store, call } = fixture;
    const fileId = await fixture.addVideo(clip);
    const { vodTaskId } = await call('ConvertVodFile', { fileId });
    assert.match(vodTaskId, /^transcode-[0-9a-f]{32}$/);
    assert.equal((await library.videos.get(db, APP, fileId))?.status, 'waiting');
    const waiting = await call('GetTaskInfo', { vodTaskId });
    assert.deepEqual(
      [waiting.status, waiting.data.status, waiting.beginProcessTime],
      ['WAITING', 'WAITING', 0],
    );

    await fixture.startEngine();
    const flow = await fixture.finished(vodTaskId);
    assert.deepEqual([flow.failure, flow.attempt], [null, 1]);
    assert.equal((await library.videos.get(db, APP, fileId))?.status, 'normal');
    const renditions = await library.outputs.of(db, APP, fileId);
    assert.deepEqual(
      renditions.map(({ definition }) => definition),
      [0, 20, 220],
    );
    for (const { run, name, size } of renditions) {
      assert.equal((await store.head(fixture.runFolderOf(fileId, run) + name))?.size, size);
    }
    assert.deepEqual(
      renditions.map(({ name }) => name),
      ['f0.mp4', 'f0.f20.mp4', 'f0.f220.m3u8'],
    );

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
    assert.deepEqual(info.data, { ...event.data, errCode: 0 });
    await fixture.workIsPutAway();
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
    const renditions = await fixture.library.outputs.of(fixture.db, APP, fileId);
    assert.deepEqual(
      renditions.map(({ kind, definition }) => [kind, definition]),
      [
        ['source', 0],
        ['transcode', 10],
        ['transcode', 210],
        ['masterPlaylist', 0],
      ],
    );
  });

  test('a finished copy is told of while the encode still runs, each with a progress of its own', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const fileId = await fixture.addVideo(clip);
    const { vodTaskId } = await fixture.call('ProcessFile', {
      ...{ fileId, transcode: { definition: { 0: '30', 1: '9' } }, notifyMode: 'Change' },
    });
    await fixture.startEngine();
    await fixture.finished(vodTaskId);
    const events = await fixture.events();
    type Sub = { status: string; progress: number; output?: { url: string } };
    const told = events.map(({ data }) => data.processTaskList.map((sub: Sub) => sub.status));
    assert.deepEqual(told, [
      ['PROCESSING', 'PROCESSING'],
      ['PROCESSING', 'SUCCESS'],
      ['SUCCESS', 'SUCCESS'],
    ]);
    const [encode, copy] = events[1].data.processTaskList as Sub[];
    assert.equal(copy!.progress, 100);
    assert.ok(encode!.progress < 100);
    assert.match(copy!.output!.url, /\/f0\.f9\.mp4$/);
    const flow = await fixture.finished(vodTaskId);
    assert.ok(flow.jobs[1]!.endedAt! <= flow.jobs[0]!.endedAt!);
  });

  test('CoverBySnapshot takes the cover, in one flow with a transcode of the same definition', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const { db, library, store, call } = fixture;
    const fileId = await fixture.addVideo(clip);
    const coverBySnapshot = { definition: '10', positionType: 'Percent', position: '100' };
    const { vodTaskId } = await call('ProcessFile', {
      ...{ fileId, transcode: { definition: '10' }, coverBySnapshot, notifyMode: 'Change' },
    });
    await fixture.startEngine();
    await fixture.finished(vodTaskId);
    const { data } = (await fixture.events()).at(-1);
    ProcedureStateChanged.data.parse(data);
    const [transcode, cover] = data.processTaskList;
    assert.deepEqual([transcode.taskType, transcode.status], ['Transcode', 'SUCCESS']);
    assert.deepEqual([cover.taskType, cover.status, cover.errCode], ['CoverBySnapshot', 'SUCCESS', 0]);
    assert.deepEqual(cover.input, { definition: 10, positionType: 'Percent', position: 100 });
    const address = `https://media.example.com/vod${APP}/${fileId}/coverBySnapshot/coverBySnapshot_10_0.jpg`;
    assert.equal(cover.output.imageUrl, address);

    const outputs = await library.outputs.of(db, APP, fileId);
    assert.deepEqual(
      outputs.map(({ kind, definition }) => [kind, definition]),
      [
        ['source', 0],
        ['transcode', 10],
        ['cover', 10],
      ],
    );
    const picture = outputs[2]!;
    assert.deepEqual([picture.width, picture.height], [320, 180]);
    const stored = await store.head(fixture.runFolderOf(fileId, picture.run) + picture.name);
    assert.equal(stored?.size, picture.size);
    const video = await library.videos.require(db, APP, fileId);
    assert.ok(address.endsWith(video.coverKey!));
    assert.equal((await library.outputs.playable(APP, fileId)).length, 2, 'a picture is nothing to play');
  });

  test('a cover that cannot be taken says why, and harms neither the other jobs nor the video', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const fileId = await fixture.addVideo(clip);
    const coverBySnapshot = { definition: '10', positionType: 'Time', position: '3600' };
    const only = await fixture.call('ProcessFile', { fileId, coverBySnapshot });
    await fixture.startEngine();
    const alone = await fixture.finished(only.vodTaskId);
    assert.match(alone.failure!.message, /no picture at 3600 s/);
    assert.equal((await fixture.library.videos.get(fixture.db, APP, fileId))?.status, 'normal');
    const both = await fixture.call('ProcessFile', {
      fileId,
      coverBySnapshot,
      transcode: { definition: '9' },
    });
    const flow = await fixture.finished(both.vodTaskId);
    assert.deepEqual(
      [flow.failure, ...flow.jobs.map(({ type, status }) => [type, status])],
      [null, ['transcode', 'succeeded'], ['cover', 'failed']],
    );
    const { data } = (await fixture.events()).at(-1);
    assert.equal(data.processTaskList[1].errCode, 30009);
  });

  test('the MD5 of a source that came in parts is known once a worker has read it', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const fileId = await fixture.addVideo(clip);
    assert.equal((await fixture.library.videos.require(fixture.db, APP, fileId)).md5, '');
    const { vodTaskId } = await fixture.call('ProcessFile', { fileId, transcode: { definition: '9' } });
    await fixture.startEngine();
    await fixture.finished(vodTaskId);
    const md5 = createHash('md5')
      .update(await readFile(clip))
      .digest('hex');
    assert.equal((await fixture.library.videos.require(fixture.db, APP, fileId)).md5, md5);
    assert.equal((await fixture.events())[0].data.metaData.md5, md5);
  });

  test('redoing a task replaces its files under the same names; the old ones stay a day for those who watch', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const fileId = await fixture.addVideo(clip);
    const { vodTaskId } = await fixture.call('ProcessFile', { fileId, transcode: { definition: '10' } });
    await fixture.startEngine();
    await fixture.finished(vodTaskId);
    const [, before] = await fixture.library.outputs.of(fixture.db, APP, fileId);
    assert.deepEqual(await fixture.call('RedoTask', { vodTaskId }), {});
    const second = await fixture.finished(vodTaskId);
    assert.deepEqual([second.run, second.attempt, second.failure], [2, 1, null]);
    const [, after] = await fixture.library.outputs.of(fixture.db, APP, fileId);
    assert.deepEqual([before!.name, after!.name], ['f0.f10.mp4', 'f0.f10.mp4']);
    assert.notEqual(before!.run, after!.run);
    const file = (run: string | null) => `${fixture.runFolderOf(fileId, run)}f0.f10.mp4`;
    const source = `${fixture.runFolderOf(fileId, null)}f0.mp4`;
    assert.deepEqual((await fixture.keys()).sort(), [source, file(before!.run), file(after!.run)].sort());
    const [first, again] = await fixture.events();
    const urlIn = ({ data }: { data: { processTaskList: { output: { url: string } }[] } }) =>
      data.processTaskList[0]!.output.url;
    assert.equal(urlIn(first), urlIn(again));
    await assert.rejects(
      fixture.call('RedoTask', { vodTaskId: 'transcode-0' }),
      fails(10026, /does not exist/),
    );
  });

  test('a job makes what its template said when it was asked for, also when it is redone', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const { templates } = fixture;
    const fileId = await fixture.addVideo(clip);
    const silent = { ...presetOf('transcode', 10)!.body, audio: null };
    const { id } = await templates.create(APP, 'transcode', { body: silent }, 1);
    const ask = { fileId, transcode: { definition: String(id) } };
    const { vodTaskId } = await fixture.call('ProcessFile', ask);
    await templates.change(APP, 'transcode', id, { body: { container: 'hls' } }, 2);
    await fixture.startEngine();
    const madeOf = async () => {
      assert.equal((await fixture.finished(vodTaskId)).failure, null);
      const [, ...outputs] = await fixture.library.outputs.of(fixture.db, APP, fileId);
      return outputs.map(({ definition, name, info }) => [definition, name, info?.audio.length]);
    };
    assert.deepEqual(await madeOf(), [[id, `f0.f${id}.mp4`, 0]]);
    await templates.remove(APP, 'transcode', id);
    await fixture.call('RedoTask', { vodTaskId });
    assert.deepEqual(await madeOf(), [[id, `f0.f${id}.mp4`, 0]]);
    await assert.rejects(fixture.call('ProcessFile', ask), fails(1000, /no definition 1000001/));
  });

  test("another application's template is not found", async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const fileId = await fixture.addVideo(clip);
    const { body } = presetOf('transcode', 10)!;
    const { id } = await fixture.templates.create('1250000002', 'transcode', { body }, 1);
    const ask = { fileId, transcode: { definition: { 0: '10', 1: String(id) } } };
    await assert.rejects(fixture.call('ProcessFile', ask), fails(1000, /no definition 1000001/));
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
    const message = 'the file is damaged, or it is no media file';
    assert.deepEqual([flow.failure, flow.attempt], [{ kind: 'probe/damaged', message }, 1]);
    assert.notEqual(flow.log, '');
    // Two tasks of the same age end in any order.
    const events = await fixture.events();
    const eventOf = (type: string) => events.find(({ eventType }) => eventType === type);
    const [complete, changed] = [eventOf('TranscodeComplete'), eventOf('ProcedureStateChanged')];
    assert.deepEqual([complete.data.status, complete.data.playSet], [-43001, undefined]);
    TranscodeComplete.data.parse(complete.data);
    assert.deepEqual([changed.data.errCode, changed.data.processTaskList[0].errCode], [30009, 30009]);
    ProcedureStateChanged.data.parse(changed.data);
    assert.equal((await fixture.library.videos.get(fixture.db, APP, fileId))?.status, 'transcodeFailed');
    assert.equal((await fixture.keys()).length, 1);
  });

  test('disableHigherBitrate leaves definitions out silently; when none is left the flow succeeds with nothing', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const fileId = await fixture.addVideo(clip);
    const video = await fixture.library.videos.get(fixture.db, APP, fileId);
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
    assert.equal((await fixture.finished(none.vodTaskId)).failure, null);
    assert.deepEqual(await fixture.events(), []);
  });

  test('what cannot be asked for is refused, by name', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const fileId = await fixture.addVideo(clip);
    const refusals: [string, Record<string, unknown>, number, RegExp][] = [
      ['ConvertVodFile', { fileId: '1' }, 10008, /no video 1/],
      ['ConvertVodFile', { fileId, isWatermark: '1' }, 1163, /no default watermark/],
      ['ProcessFile', { fileId: '1', transcode: { definition: '10' } }, 10008, /no video 1/],
      ['ProcessFile', { fileId }, 1000, /no job/],
      [
        'ProcessFile',
        { fileId, coverBySnapshot: { definition: '999', positionType: 'Time', position: '0' } },
        1000,
        /999/,
      ],
      [
        'ProcessFile',
        { fileId, coverBySnapshot: { definition: '10', positionType: 'Percent', position: '101' } },
        1000,
        /at most 100/,
      ],
      [
        'ProcessFile',
        { fileId, transcode: { definition: { 0: '10', 1: '999' } } },
        1000,
        /no definition 999/,
      ],
      [
        'ProcessFile',
        { fileId, transcode: { definition: '210', drm: { definition: '10' } } },
        1000,
        /transcode\.drm\.definition/,
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

  test('a deleted video ends its task with an event, and what was stored of it goes', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const { call, processing } = fixture;
    const fileId = await fixture.addVideo(clip);
    const transcode = { definition: '10' };
    const waiting = await call('ProcessFile', { fileId, transcode, notifyMode: 'Finish' });
    const { vodTaskId } = await call('ConvertVodFile', { fileId });
    let deleted = false;
    // The deletion comes when everything is stored, just before the first result is written.
    await fixture.startEngine({
      runner: {
        ...processing.runner,
        run: (flow, control) =>
          processing.runner.run(flow, {
            signal: control.signal,
            started: (indexes) => control.started(indexes),
            progress: (index, fraction) => control.progress(index, fraction),
            waitOut: (work) => control.waitOut(work),
            ended: async (...result) => {
              if (!deleted) await fixture.library.videos.delete(APP, fileId, 'medium', Date.now());
              deleted = true;
              await control.ended(...result);
            },
          }),
      },
    });
    for (const id of [vodTaskId, waiting.vodTaskId]) {
      assert.equal((await fixture.finished(id)).failure?.kind, 'cancelled');
    }
    await fixture.keysOnce(1);
    const events = await fixture.events();
    const of = (id: string) => events.filter(({ data }) => data.vodTaskId === id).map(({ data }) => data);
    const [complete, changed] = [of(vodTaskId), of(waiting.vodTaskId)];
    assert.deepEqual([complete.length, changed.length], [1, 1]);
    TranscodeComplete.data.parse(complete[0]);
    ProcedureStateChanged.data.parse(changed[0]);
    assert.deepEqual([complete[0].status, complete[0].fileName], [-30010, 'clip']);
    assert.match(complete[0].message, /the video was deleted/);
    assert.deepEqual([changed[0].status, changed[0].errCode], ['FINISH', 30010]);

    // What GetTaskInfo says of it stays what the event said, though the video is gone.
    for (const [id, data] of [
      [vodTaskId, { ...complete[0], errCode: -30010 }],
      [waiting.vodTaskId, changed[0]],
    ]) {
      assert.deepEqual((await call('GetTaskInfo', { vodTaskId: id })).data, data);
      await assert.rejects(call('RedoTask', { vodTaskId: id }), fails(10026, /its video is gone/));
    }
    assert.equal(changed[0].metaData.videoStreamList[0].width, 320);
  });
});
