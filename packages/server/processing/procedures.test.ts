import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { GetProcedureInfo, ProcedureStateChanged, TranscodeComplete } from '@openvod/contract/v2';
import { probe } from '../media/index.ts';
import { colourAt } from '../media/testing/pixels.ts';
import { describeOnBothDatabases } from '../testing/databases.ts';
import { WireError } from '../testing/wire-error.ts';
import { makeClip, makePicture } from './testing/clip.ts';
import { APP, createFixture } from './testing/fixture.ts';

let folder = '';
let clip = '';
let logo = '';

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'openvod-test-'));
  clip = path.join(folder, 'clip.mp4');
  logo = path.join(folder, 'logo.png');
  await makeClip(clip, { seconds: 1 });
  await makePicture(logo, 'red');
});
after(() => rm(folder, { recursive: true, force: true }));

const fails = (code: number, message: RegExp) => (error: unknown) =>
  error instanceof WireError && error.code === code && message.test(error.message);

type Fixture = Awaited<ReturnType<typeof createFixture>>;
type Sub = {
  taskType: string;
  status: string;
  input: Record<string, unknown>;
  output?: Record<string, unknown>;
};

const run = (fixture: Fixture, fileId: string, procedure: string) =>
  fixture.call('RunProcedure', { inputType: 'SingleFile', file: { id: fileId }, procedure });

/** What the flow was asked for, as GetTaskInfo shows it. */
async function asked(fixture: Fixture, vodTaskId: string): Promise<[string, unknown][]> {
  const { data } = await fixture.call('GetTaskInfo', { vodTaskId });
  return data.processTaskList.map(({ taskType, input }: Sub) => [taskType, input]);
}

/** A red watermark over the upper half of the left of the picture. */
async function addWatermark({ store, templates }: Fixture): Promise<number> {
  const imageKey = `vod${APP}/watermarks/logo.png`;
  await store.put(imageKey, await readFile(logo));
  const percent = (value: number) => ({ value, unit: 'percent' }) as const;
  const place = {
    origin: 'topLeft',
    x: percent(0),
    y: percent(0),
    width: percent(50),
    height: null,
  } as const;
  return (await templates.create(APP, 'watermark', { body: { kind: 'image', imageKey, ...place } }, 1)).id;
}

async function isMarked({ store, library, db, runFolderOf }: Fixture, fileId: string, definition: number) {
  const outputs = await library.outputs.of(db, APP, fileId);
  const output = outputs.find((one) => one.kind === 'transcode' && one.definition === definition);
  assert.ok(output);
  await using file = await store.localFile(runFolderOf(fileId, output.run) + output.name);
  assert.equal((await probe(file.path)).video[0]?.codec, 'h264');
  const { red, green, blue } = colourAt(file.path, { x: 20, y: 20, width: 60, height: 40 });
  return red > 200 && green < 60 && blue < 60;
}

describeOnBothDatabases('procedures', (open) => {
  test('RunProcedure makes transcodes with a watermark and the first frame as the cover, under one task', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const fileId = await fixture.addVideo(clip);
    const watermark = await addWatermark(fixture);
    const { vodTaskId } = await run(fixture, fileId, `QCVB_SimpleProcessFile({10,220}, ${watermark}, 10)`);
    assert.match(vodTaskId, new RegExp(`^${APP}-Procedure-[0-9a-f]{32}$`));
    await fixture.startEngine();
    assert.equal((await fixture.finished(vodTaskId)).failure, null);

    const [event, ...others] = await fixture.events();
    assert.deepEqual([event.eventType, others], ['ProcedureStateChanged', []]);
    const { data } = event;
    ProcedureStateChanged.data.parse(data);
    assert.deepEqual(
      [data.vodTaskId, data.status, data.errCode, data.fileId],
      [vodTaskId, 'FINISH', 0, fileId],
    );
    assert.deepEqual(
      data.processTaskList.map(({ taskType, status, input }: Sub) => [taskType, status, input]),
      [
        ['Transcode', 'SUCCESS', { definition: 10, watermark: 1 }],
        ['Transcode', 'SUCCESS', { definition: 220, watermark: 1 }],
        ['CoverBySnapshot', 'SUCCESS', { definition: 10, positionType: 'Time', position: 0 }],
      ],
    );
    assert.equal(data.metaData.duration, 1);
    assert.equal(await isMarked(fixture, fileId, 10), true);
    const video = await fixture.library.videos.require(fixture.db, APP, fileId);
    assert.ok(data.processTaskList[2].output.imageUrl.endsWith(video.coverKey!));
  });

  test('GetProcedureInfo says the same as the event, on the top level', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const fileId = await fixture.addVideo(clip);
    const { vodTaskId } = await run(fixture, fileId, 'QCVB_SimpleProcessFile(10)');
    const waiting = await fixture.call('GetProcedureInfo', { vodTaskId });
    GetProcedureInfo.result.parse(waiting);
    assert.deepEqual([waiting.status, waiting.processTaskList[0].status], ['PROCESSING', 'PROCESSING']);
    await fixture.startEngine();
    await fixture.finished(vodTaskId);
    const { message, ...data } = (await fixture.events())[0].data;
    assert.deepEqual(await fixture.call('GetProcedureInfo', { vodTaskId }), data);
    const transcode = await fixture.call('ConvertVodFile', { fileId });
    for (const id of [transcode.vodTaskId, 'procedure-0'])
      await assert.rejects(
        fixture.call('GetProcedureInfo', { vodTaskId: id }),
        fails(10026, /does not exist/),
      );
    await assert.rejects(
      fixture.call('GetProcedureInfo', { vodTaskId }, '1250000002'),
      fails(10026, /does not exist/),
    );
  });

  test('arguments of QCVB_SimpleProcessFile mean what the documents say', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    fixture.options.watermark = await addWatermark(fixture);
    const mark = (definition: number, watermark = 0) => ['Transcode', { definition, watermark }];
    const cover = ['CoverBySnapshot', { definition: 10, positionType: 'Time', position: 0 }];
    const cases: [call: string, jobs: unknown[]][] = [
      ['QCVB_SimpleProcessFile', []],
      ['QCVB_SimpleProcessFile()', []],
      ['QCVB_SimpleProcessFile(0, 0, 10)', [cover]],
      ['QCVB_SimpleProcessFile(nil, nil, 10)', [cover]],
      ['QCVB_SimpleProcessFile(1)', [mark(20), mark(220)]],
      ['QCVB_SimpleProcessFile(1, 1)', [mark(20, 1), mark(220, 1)]],
      ['QCVB_SimpleProcessFile(1,1,0)', [mark(20, 1), mark(220, 1)]],
      ['QCVB_SimpleProcessFile(30,1,10)', [mark(30, 1), cover]],
      ['QCVB_SimpleProcessFile({10, 20})', [mark(10), mark(20)]],
      ['QCVB_SimpleProcessFile({})', []],
    ];
    for (const [call, jobs] of cases) {
      const { vodTaskId } = await run(fixture, await fixture.addVideo(clip), call);
      assert.deepEqual(await asked(fixture, vodTaskId), jobs, call);
    }
  });

  test('a procedure that asks for nothing tells what the video is', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const fileId = await fixture.addVideo(clip);
    const { vodTaskId } = await run(fixture, fileId, 'QCVB_SimpleProcessFile()');
    await fixture.startEngine();
    assert.equal((await fixture.finished(vodTaskId)).failure, null);
    const [{ data }] = await fixture.events();
    assert.deepEqual([data.status, data.errCode, data.processTaskList], ['FINISH', 0, []]);
    assert.deepEqual([data.metaData.width, data.metaData.videoStreamList[0].codec], [320, 'h264']);
  });

  test('ProcessFileByProcedure names a task for each kind of job; transcodes are told of by themselves', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const fileId = await fixture.addVideo(clip);
    const start = (procedure: string) => fixture.call('ProcessFileByProcedure', { fileId, procedure });
    const both = await start('QCVB_SimpleProcessFile({10}, 0, 10)');
    assert.match(both.transcodeTaskId, /^transcode-[0-9a-f]{32}$/);
    assert.match(both.procedureTaskId, new RegExp(`^${APP}-Procedure-[0-9a-f]{32}$`));
    assert.equal(both.coverBySnapshotTaskId, both.procedureTaskId);
    await fixture.startEngine();
    await fixture.finished(both.transcodeTaskId);
    await fixture.finished(both.procedureTaskId);
    const events = await fixture.events();
    const of = (type: string) => events.filter(({ eventType }) => eventType === type).map(({ data }) => data);
    const [complete, ...noMore] = of('TranscodeComplete');
    TranscodeComplete.data.parse(complete);
    assert.deepEqual([complete.vodTaskId, complete.status, noMore], [both.transcodeTaskId, 0, []]);
    assert.deepEqual(
      of('ProcedureStateChanged').map(({ vodTaskId, processTaskList: [sub] }) => [vodTaskId, sub.taskType]),
      [[both.procedureTaskId, 'CoverBySnapshot']],
    );
    assert.deepEqual(Object.keys(await start('QCVB_SimpleProcessFile(10)')), ['transcodeTaskId']);
    assert.deepEqual(Object.keys(await start('QCVB_SimpleProcessFile()')), ['procedureTaskId']);
  });

  test('the same call on the same video is refused until it has ended, however it is written', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const fileId = await fixture.addVideo(clip);
    const exists = fails(50005, /at work on this video already/);
    const { vodTaskId } = await run(fixture, fileId, 'QCVB_SimpleProcessFile({10},0,10)');
    await assert.rejects(run(fixture, fileId, ' QCVB_SimpleProcessFile( { 10 }, 0, 10 )'), exists);
    await run(fixture, fileId, 'QCVB_SimpleProcessFile({10})');
    await run(fixture, await fixture.addVideo(clip), 'QCVB_SimpleProcessFile({10},0,10)');
    const procedure = 'QCVB_SimpleProcessFile({10},0,10)';
    const second = await fixture.addVideo(clip);
    const racing = [1, 2, 3].map(() => fixture.call('ProcessFileByProcedure', { fileId: second, procedure }));
    const settled = await Promise.allSettled(racing);
    assert.equal(settled.filter(({ status }) => status === 'fulfilled').length, 1);
    for (const one of settled)
      if (one.status === 'rejected') assert.ok(exists(one.reason), String(one.reason));
    await fixture.startEngine();
    await fixture.finished(vodTaskId);
    await run(fixture, fileId, procedure);
  });

  test('what no procedure can be asked for is refused, by name', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const fileId = await fixture.addVideo(clip);
    const refusals: [procedure: string, code: number, message: RegExp][] = [
      ['QCVB_SimpleProcessFile(', 50007, /expected at character/],
      ['MyFirstProcedure(5)', 50007, /no procedure MyFirstProcedure; there is QCVB_SimpleProcessFile/],
      ['QCVB_SimpleProcessFile("10")', 50007, /transcodeDefinition must be/],
      ['QCVB_SimpleProcessFile({0})', 50007, /transcodeDefinition must be/],
      ['QCVB_SimpleProcessFile({{10}})', 50007, /transcodeDefinition must be/],
      ['QCVB_SimpleProcessFile(-10)', 50007, /transcodeDefinition must be/],
      ['QCVB_SimpleProcessFile(10, true)', 50007, /watermarkDefinition must be/],
      ['QCVB_SimpleProcessFile(10, {1})', 50007, /watermarkDefinition must be/],
      ['QCVB_SimpleProcessFile(10, 0, 1.5)', 50007, /coverBySnapshotDefinition must be/],
      ['QCVB_SimpleProcessFile(10, 0, 0, "x")', 50007, /sampleSnapshotDefinition must be/],
      ['QCVB_SimpleProcessFile(10, 0, 0, 0, 0)', 50007, /at most 4 arguments/],
      ['QCVB_SimpleProcessFile({10, 999})', 50007, /no definition 999/],
      ['QCVB_SimpleProcessFile(10, 999)', 50007, /no definition 999/],
      ['QCVB_SimpleProcessFile(10, 1)', 50007, /no default watermark/],
      ['QCVB_SimpleProcessFile(10, 0, 999)', 50007, /no definition 999/],
    ];
    for (const [procedure, code, message] of refusals) {
      await assert.rejects(run(fixture, fileId, procedure), fails(code, message), procedure);
      const params = { fileId, procedure };
      await assert.rejects(fixture.call('ProcessFileByProcedure', params), fails(code, message), procedure);
    }
    const fine = 'QCVB_SimpleProcessFile(10)';
    await assert.rejects(run(fixture, '1', fine), fails(10008, /no video 1/));
    const wrong: [params: Record<string, unknown>, code: number, message: RegExp][] = [
      [{ inputType: 'SingleFile' }, 1000, /file\.id: name the video/],
      [
        { inputType: 'SingleFile', file: { id: fileId, startTimeOffset: '10' } },
        1000,
        /endTimeOffset: nothing lies/,
      ],
      [{ inputType: 'MultiFile' }, 1000, /fileList\.0\.id: MultiFile needs/],
      [{ inputType: 'MultiFile', fileList: { 0: { id: fileId }, 1: { id: '1' } } }, 10008, /no video 1/],
      [
        { inputType: 'MultiFile', fileList: { 0: { id: fileId, startTimeOffset: '3', endTime: '2' } } },
        1000,
        /endTimeOffset: nothing lies/,
      ],
      [{ inputType: 'Stream' }, 6100, /Stream needs recordings of live streams: there are none/],
      [{ inputType: 'PullFile' }, 1000, /pull\.url: PullFile needs/],
      [{ inputType: 'PullFile', pull: { url: 'file:///etc/passwd', fileName: 'a' } }, 1000, /pull\.url: it /],
      [
        { inputType: 'PullFile', pull: { url: 'http://example.com/a.mp4', fileName: 'a', classId: '77' } },
        1000,
        /class 77/,
      ],
    ];
    for (const [params, code, message] of wrong)
      await assert.rejects(
        fixture.call('RunProcedure', { ...params, procedure: fine }),
        fails(code, message),
      );
    assert.equal(await fixture.tasks.activeFlows(fixture.db, APP, fileId), 0);
  });

  test('the fourth argument asks for sampled snapshots', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const fileId = await fixture.addVideo(clip);
    const start = run(fixture, fileId, 'QCVB_SimpleProcessFile(0, 0, 0, 10)');
    const [[taskType, input]] = (await asked(fixture, (await start).vodTaskId)) as [[string, object]];
    assert.deepEqual([taskType, input], ['SampleSnapshot', { ...input, definition: 10 }]);
  });
});
