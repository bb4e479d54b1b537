import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { NewFileUpload, ProcedureStateChanged } from '@openvod/contract/v2';
import { probe } from '../media/index.ts';
import { makeClip } from '../media/testing/clips.ts';
import { framesOf } from '../media/testing/frames.ts';
import { describeOnBothDatabases } from '../testing/databases.ts';
import { type Origin, serve, startOrigin } from './pull/testing/origin.ts';
import { APP, createFixture } from './testing/fixture.ts';

let folder = '';
let film = '';
let small = '';
let origin: Origin;

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'openvod-test-'));
  const common = '-c:v libx264 -preset ultrafast -pix_fmt yuv420p -g 24';
  const sound = '-f lavfi -i sine=d=4';
  film = makeClip(folder, 'film.mp4', `-f lavfi -i testsrc2=s=320x180:r=24:d=4 ${sound} ${common} -c:a aac`);
  small = makeClip(folder, 'small.mp4', `-f lavfi -i testsrc=s=160x120:r=25:d=2 ${common}`);
  origin = await startOrigin();
});
after(async () => {
  await origin.stop();
  await rm(folder, { recursive: true, force: true });
});

type Fixture = Awaited<ReturnType<typeof createFixture>>;

/** Runs a task flow to its end; resolves to what its one event says. */
async function run(fixture: Fixture, params: Record<string, unknown>) {
  const { vodTaskId } = await fixture.call('RunProcedure', params);
  assert.match(vodTaskId, new RegExp(`^${APP}-Procedure-[0-9a-f]{32}$`));
  const waiting = await fixture.call('GetTaskInfo', { vodTaskId });
  assert.deepEqual([waiting.status, waiting.data.fileId], ['WAITING', '']);
  await fixture.startEngine();
  await fixture.finished(vodTaskId);
  const events = (await fixture.events()).filter(({ eventType }) => eventType === 'ProcedureStateChanged');
  assert.equal(events.length, 1);
  assert.equal(events[0].data.vodTaskId, vodTaskId);
  return ProcedureStateChanged.data.parse(events[0].data);
}

/** Pictures of the file behind an address or key, and what it is. */
async function fetched({ store }: Fixture, url: string) {
  await using file = await store.localFile(url.replace('https://media.example.com/', ''));
  return { info: await probe(file.path), pictures: framesOf(file.path).pictures };
}

const subTasks = (data: { processTaskList: { taskType: string; status: string }[] }) =>
  data.processTaskList.map(({ taskType, status }) => [taskType, status]);

describeOnBothDatabases('task flows on new videos', (open) => {
  test('stretches of several videos are joined, and the flow runs on what came out', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const [first, second] = [await fixture.addVideo(film), await fixture.addVideo(small)];
    const fileList = {
      0: { id: first, startTimeOffset: '1', endTimeOffset: '2' },
      1: { id: second },
      2: { id: first, startTimeOffset: '-1', endTime: '4' },
    };
    const procedure = 'QCVB_SimpleProcessFile({10}, 0, 10)';
    const data = await run(fixture, { inputType: 'MultiFile', fileList, procedure });
    assert.deepEqual(subTasks(data), [
      ['Transcode', 'SUCCESS'],
      ['CoverBySnapshot', 'SUCCESS'],
    ]);
    const { fileId, metaData } = data;
    assert.ok(fileId !== first && fileId !== second);
    assert.deepEqual([metaData.duration, metaData.width, metaData.height], [4, 320, 180]);
    const video = await fixture.library.videos.require(fixture.db, APP, fileId);
    assert.deepEqual([video.name, video.type, video.status], ['clip', 'mp4', 'normal']);
    const made = await fetched(fixture, video.sourceKey);
    assert.equal(made.pictures.length, 24 + 50 + 24);
    const outputs = await fixture.library.outputs.of(fixture.db, APP, fileId);
    const transcoded = outputs.find(({ kind }) => kind === 'transcode');
    assert.equal(Math.round(transcoded!.durationMs / 100), 40);
    const before = await fixture.library.videos.require(fixture.db, APP, first);
    assert.equal(before.status, 'normal');
  });

  test('a stretch of one video becomes a video; done again, the flow keeps it', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const source = await fixture.addVideo(film);
    const file = { id: source, startTimeOffset: '1', endTimeOffset: '3' };
    const procedure = 'QCVB_SimpleProcessFile(10)';
    const { fileId, vodTaskId } = await run(fixture, { inputType: 'SingleFile', file, procedure });
    const video = await fixture.library.videos.require(fixture.db, APP, fileId);
    const { pictures } = await fetched(fixture, video.sourceKey);
    assert.deepEqual(pictures, framesOf(film).pictures.slice(24, 72));
    await fixture.library.videos.delete(APP, source, 'high', Date.now());

    await fixture.call('RedoTask', { vodTaskId });
    const again = await fixture.finished(vodTaskId);
    assert.deepEqual([again.videoId, again.failure], [fileId, null]);
    assert.ok(again.jobs.every(({ status }) => status === 'succeeded'));
  });

  test('a whole video given with its beginning alone is worked on itself', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const id = await fixture.addVideo(small);
    const asked = { inputType: 'SingleFile', file: { id, startTimeOffset: '0' } };
    const { vodTaskId } = await fixture.call('RunProcedure', {
      ...asked,
      procedure: 'QCVB_SimpleProcessFile()',
    });
    assert.equal((await fixture.tasks.findFlow(APP, vodTaskId, Date.now()))?.videoId, id);
  });

  test('a file is fetched, checked, told of as an upload, and worked on', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const bytes = await readFile(film);
    const classId = await fixture.classes.create(APP, { name: 'fetched', parentId: -1 }, Date.now());
    const fileMd5 = createHash('md5').update(bytes).digest('hex');
    const url = origin.on(
      '/film',
      serve(() => bytes),
    );
    const pull = { url, fileName: 'from afar', fileMd5, classId: String(classId) };
    const procedure = 'QCVB_SimpleProcessFile({10}, 0, 0, 10)';
    const data = await run(fixture, { inputType: 'PullFile', pull, procedure });
    const expected = [
      ['PullFile', 'SUCCESS'],
      ['Transcode', 'SUCCESS'],
      ['SampleSnapshot', 'SUCCESS'],
    ];
    assert.deepEqual(subTasks(data), expected);
    const video = await fixture.library.videos.require(fixture.db, APP, data.fileId);
    assert.deepEqual([video.name, video.classId, video.md5], ['from afar', classId, fileMd5]);
    const [pulled] = data.processTaskList;
    const address = `https://media.example.com/${video.sourceKey}`;
    const output = { fileId: data.fileId, fileSize: String(bytes.length), url: address };
    assert.deepEqual(pulled!.input, { url, fileName: 'from afar', md5: fileMd5 });
    assert.deepEqual(pulled!.output, output);
    const [created, ...others] = await fixture.events();
    assert.equal(created.eventType, 'NewFileUpload');
    NewFileUpload.data.parse(created.data);
    assert.deepEqual(
      [created.data.fileId, created.data.procedureTaskId, created.data.sourceType],
      [data.fileId, data.vodTaskId, 'Pull'],
    );
    assert.equal(others.length, 1);

    const requests = origin.seen.length;
    await fixture.call('RedoTask', { vodTaskId: data.vodTaskId });
    await fixture.finished(data.vodTaskId);
    const again = await fixture.call('GetProcedureInfo', { vodTaskId: data.vodTaskId });
    assert.deepEqual(subTasks(again), expected);
    assert.deepEqual([again.processTaskList[0].output, origin.seen.length], [output, requests]);
  });

  test('what cannot be fetched fails the flow with the reason, and leaves nothing', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const pull = { url: `${origin.url}/nowhere`, fileName: 'a' };
    const procedure = 'QCVB_SimpleProcessFile({10}, 0, 10)';
    const data = await run(fixture, { inputType: 'PullFile', pull, procedure });
    assert.deepEqual([data.fileId, data.status], ['', 'FINISH']);
    assert.notEqual(data.errCode, 0);
    assert.match(data.message, /404/);
    assert.deepEqual(subTasks(data), [
      ['PullFile', 'FAIL'],
      ['Transcode', 'FAIL'],
      ['CoverBySnapshot', 'FAIL'],
    ]);
    assert.deepEqual(await fixture.keys(), []);
  });

  test('the flow of a video that was deleted before its turn fails, and makes nothing', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const id = await fixture.addVideo(film);
    const file = { id, endTimeOffset: '2' };
    const procedure = 'QCVB_SimpleProcessFile(10)';
    const { vodTaskId } = await fixture.call('RunProcedure', { inputType: 'SingleFile', file, procedure });
    await fixture.library.videos.delete(APP, id, 'high', Date.now());
    await fixture.startEngine();
    const flow = await fixture.finished(vodTaskId);
    assert.deepEqual([flow.failure?.kind, flow.videoId], ['cancelled', null]);
  });
});
