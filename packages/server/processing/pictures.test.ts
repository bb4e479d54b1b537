import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import {
  actionByName,
  CreateImageSpriteComplete,
  CreateSnapshotByTimeOffset,
  CreateSnapshotByTimeOffsetComplete,
  GetVideoInfo,
  ProcedureStateChanged,
  parseParams,
} from '@openvod/contract/v2';
import { describeOnBothDatabases } from '../testing/databases.ts';
import { WireError } from '../testing/wire-error.ts';
import { makeClip } from './testing/clip.ts';
import { APP, createFixture } from './testing/fixture.ts';

let folder = '';
let clip = '';
let song = '';

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'openvod-test-'));
  [clip, song] = [path.join(folder, 'clip.mp4'), path.join(folder, 'song.m4a')];
  await makeClip(clip, { seconds: 3 });
  execFileSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', 'sine=d=2', '-c:a', 'aac', song]);
});
after(() => rm(folder, { recursive: true, force: true }));

type Fixture = Awaited<ReturnType<typeof createFixture>>;

const fails = (code: number, message: RegExp) => (error: unknown) =>
  error instanceof WireError && error.code === code && message.test(error.message);

const base = (fileId: string) => `https://media.example.com/vod${APP}/${fileId}`;

/** What lies under an address: codec and size, as ffprobe sees them. */
async function pictureAt({ store, library }: Fixture, fileId: string, url: string): Promise<string> {
  const found = await library.outputs.locate(APP, fileId, url.slice(base(fileId).length + 1));
  assert.ok(found, url);
  await using file = await store.localFile(found.key);
  const entries = ['-show_entries', 'stream=codec_name,width,height', '-of', 'csv=p=0'];
  return execFileSync('ffprobe', ['-v', 'error', ...entries, file.path])
    .toString()
    .trim();
}

async function textAt({ store, library }: Fixture, fileId: string, url: string): Promise<string> {
  const found = await library.outputs.locate(APP, fileId, url.slice(base(fileId).length + 1));
  await using file = await store.localFile(found!.key);
  return execFileSync('cat', [file.path]).toString();
}

test('the oldest page calls the times dstTimeList, and the action by other names', () => {
  const tree = { fileId: '1', dstTimeList: { 1: '5', 3: '0' } };
  assert.deepEqual(parseParams(CreateSnapshotByTimeOffset, tree), {
    ok: true,
    value: { fileId: '1', definition: 10, timeOffset: [5, 0] },
  });
  for (const name of ['CreateSnapShotByTime', 'SnapShotByTime'])
    assert.equal(actionByName(name), CreateSnapshotByTimeOffset);
});

describeOnBothDatabases('pictures', (open) => {
  test('CreateSnapshotByTimeOffset: a result a picture, in its event, in GetTaskInfo and in GetVideoInfo', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const fileId = await fixture.addVideo(clip);
    // A client is known that names no definition.
    const { vodTaskId } = await fixture.call('CreateSnapshotByTimeOffset', {
      ...{ fileId, timeOffset: { 1: '500', 2: '2999', 5: '3000' } },
    });
    assert.match(vodTaskId, /^CreateSnapshotByTimeOffset-[0-9a-f]{32}$/);
    const waiting = await fixture.call('GetTaskInfo', { vodTaskId });
    assert.deepEqual([waiting.type, waiting.data.picInfo], ['snapshotByTimeOffset', []]);
    await fixture.startEngine();
    await fixture.finished(vodTaskId);
    const [event, ...others] = await fixture.events();
    assert.equal(others.length, 0);
    assert.equal(event.eventType, 'CreateSnapshotByTimeOffsetComplete');
    const named = `${base(fileId)}/snapshotByTimeOffset/snapshotByTimeOffset_10`;
    assert.deepEqual(CreateSnapshotByTimeOffsetComplete.data.parse(event.data), {
      ...{ vodTaskId, fileId, definition: 10 },
      picInfo: [
        { status: 0, timeOffset: 500, url: `${named}_0.jpg` },
        { status: 0, timeOffset: 2999, url: `${named}_1.jpg` },
        { status: -44_099, timeOffset: 3000 },
      ],
    });
    assert.deepEqual((await fixture.call('GetTaskInfo', { vodTaskId })).data, event.data);
    assert.equal(await pictureAt(fixture, fileId, `${named}_1.jpg`), 'mjpeg,320,180');
    const info = await fixture.call('GetVideoInfo', { fileId, infoFilter: 'snapshotByTimeOffsetInfo' });
    assert.deepEqual(GetVideoInfo.result.parse(info), {
      snapshotByTimeOffsetInfo: {
        snapshotByTimeOffsetList: [
          {
            definition: 10,
            picInfoList: [
              { timeOffset: 500, url: `${named}_0.jpg` },
              { timeOffset: 2999, url: `${named}_1.jpg` },
              { timeOffset: 3000 },
            ],
          },
        ],
      },
    });
    assert.equal((await fixture.library.videos.get(fixture.db, APP, fileId))?.status, 'normal');
    await fixture.workIsPutAway();
  });

  test('a later task takes the place of all pictures of the one before', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const fileId = await fixture.addVideo(clip);
    await fixture.startEngine();
    for (const timeOffset of [{ 0: '0', 1: '1000' }, { 0: '2000' }]) {
      const { vodTaskId } = await fixture.call('CreateSnapshotByTimeOffset', { fileId, timeOffset });
      await fixture.finished(vodTaskId);
    }
    const { snapshotByTimeOffsetInfo } = await fixture.call('GetVideoInfo', { fileId });
    const [set, ...others] = snapshotByTimeOffsetInfo.snapshotByTimeOffsetList;
    assert.equal(others.length, 0);
    assert.deepEqual(
      set.picInfoList.map(({ timeOffset }: { timeOffset: number }) => timeOffset),
      [2000],
    );
    // The others stay for those who are looking at them.
    fixture.age(25 * 3600_000);
    fixture.library.start();
    const keys = await fixture.keysOnce(2);
    assert.equal(keys.filter((key) => key.includes('snapshotByTimeOffset_10')).length, 1);
  });

  test('pictures that are all beyond the end fail one by one, and leave what there was', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const fileId = await fixture.addVideo(clip);
    const { vodTaskId } = await fixture.call('CreateSnapshotByTimeOffset', {
      fileId,
      timeOffset: { 0: '9000', 1: '3600000' },
    });
    await fixture.startEngine();
    assert.equal((await fixture.finished(vodTaskId)).failure?.kind, 'snapshot/seek-beyond-end');
    const [{ data }] = await fixture.events();
    assert.deepEqual(
      data.picInfo.map(({ status, url }: { status: number; url?: string }) => [status, url]),
      [
        [-44_099, undefined],
        [-44_099, undefined],
      ],
    );
    assert.equal((await fixture.call('GetVideoInfo', { fileId })).snapshotByTimeOffsetInfo, undefined);
  });

  test('CreateImageSprite: sheets, and a WebVTT file that names them', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const fileId = await fixture.addVideo(clip);
    const body = {
      ...{ format: 'png' as const, width: 100, height: 140, rows: 1, columns: 2 },
      ...{ intervalMs: 1000, fill: 'white' as const },
    };
    const { id } = await fixture.templates.create(APP, 'sprite', { body }, 1);
    const preset = await fixture.call('CreateImageSprite', { fileId, definition: '10' });
    const own = await fixture.call('CreateImageSprite', { fileId, definition: String(id) });
    assert.match(own.vodTaskId, /^CreateImageSprite-[0-9a-f]{32}$/);
    await fixture.startEngine();
    await fixture.finished(preset.vodTaskId);
    await fixture.finished(own.vodTaskId);
    const events = await fixture.events();
    const { eventType, data } = events.find((event) => event.data.vodTaskId === own.vodTaskId);
    assert.equal(eventType, 'CreateImageSpriteComplete');
    const named = `${base(fileId)}/imageSprite/imageSprite_${id}`;
    assert.deepEqual(CreateImageSpriteComplete.data.parse(data), {
      ...{ status: 0, message: '', vodTaskId: own.vodTaskId, fileId, definition: id, totalCount: 3 },
      ...{ imageSpriteUrl: [`${named}_0.png`, `${named}_1.png`], webVttUrl: `${named}.vtt` },
    });
    for (const url of data.imageSpriteUrl) assert.equal(await pictureAt(fixture, fileId, url), 'png,200,140');
    const cues = (await textAt(fixture, fileId, data.webVttUrl)).match(/^imageSprite_.*$/gm);
    assert.deepEqual(cues, [
      `imageSprite_${id}_0.png#xywh=0,0,100,140`,
      `imageSprite_${id}_0.png#xywh=100,0,100,140`,
      `imageSprite_${id}_1.png#xywh=0,0,100,140`,
    ]);
    const { imageSpriteInfo } = await fixture.call('GetVideoInfo', { fileId });
    assert.deepEqual(
      imageSpriteInfo.imageSpriteList.map((one: Record<string, unknown>) => ({
        ...one,
        imageUrls: 0,
        webVttUrl: 0,
      })),
      [
        { definition: 10, height: 80, width: 142, totalCount: 1, imageUrls: 0, webVttUrl: 0 },
        { definition: id, height: 140, width: 100, totalCount: 3, imageUrls: 0, webVttUrl: 0 },
      ],
    );
    const [sheet] = imageSpriteInfo.imageSpriteList[0].imageUrls;
    assert.equal(await pictureAt(fixture, fileId, sheet), 'mjpeg,1420,800');
    const task = await fixture.call('GetTaskInfo', own);
    assert.deepEqual([task.type, task.data], ['imageSprite', data]);
  });

  test('ProcessFile takes every kind of picture in one flow, before its encode begins', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const fileId = await fixture.addVideo(clip);
    const { vodTaskId } = await fixture.call('ProcessFile', {
      fileId,
      transcode: { definition: '10' },
      sampleSnapshot: { definition: '10' },
      snapshotByTimeOffset: { definition: '10', timeOffset: { 0: '1000', 1: '99000' } },
      imageSprite: { definition: '10' },
      animatedGraphics: { definition: '20000', startTime: '1', endTime: '2' },
      notifyMode: 'Change',
    });
    await fixture.startEngine();
    const flow = await fixture.finished(vodTaskId);
    const [encode, ...pictures] = flow.jobs;
    for (const { type, status, endedAt } of pictures) {
      assert.equal(status, 'succeeded', type);
      assert.ok(endedAt! <= encode!.startedAt!, type);
    }
    const { data } = (await fixture.events()).at(-1);
    const { processTaskList } = ProcedureStateChanged.data.parse(data);
    assert.deepEqual(
      processTaskList.map(({ taskType }) => taskType),
      ['Transcode', 'AnimatedGraphics', 'SampleSnapshot', 'SnapshotByTimeOffset', 'ImageSprites'],
    );
    const [, animated, sampled, snapshots, sprite] = processTaskList;
    assert.deepEqual(animated!.input, { definition: 20_000, startTime: 1, endTime: 2 });
    assert.deepEqual(animated!.output, {
      url: `${base(fileId)}/animatedGraphics/animatedGraphics_20000_0.gif`,
      ...{ container: 'gif', fps: 2, height: 180, width: 320 },
    });
    assert.equal((sampled!.output as { imageUrls: string[] }).imageUrls.length, 10);
    const first = {
      timeOffset: 1000,
      url: `${base(fileId)}/snapshotByTimeOffset/snapshotByTimeOffset_10_0.jpg`,
    };
    assert.deepEqual(snapshots!.input, { definition: 10, timeOffset: [1000, 99_000] });
    assert.deepEqual(snapshots!.output, { imgInfo: [first] });
    assert.equal((sprite!.output as { totalCount: number }).totalCount, 1);

    const info = await fixture.call('GetVideoInfo', { fileId });
    GetVideoInfo.result.parse(info);
    const [sample] = info.sampleSnapshotInfo;
    assert.deepEqual([sample.definition, sample.sampleType, sample.Interval], [10, 'Percent', 10]);
    for (const url of sample.imageUrls) assert.equal(await pictureAt(fixture, fileId, url), 'mjpeg,320,180');
    const [moving] = info.animatedGraphicsInfo.animatedGraphicsList;
    assert.deepEqual([moving.startTime, moving.endTime, moving.container], [1, 2, 'gif']);
    assert.ok(moving.size > 1000 && moving.bitrate > 1000 && /^[0-9a-f]{32}$/.test(moving.md5));
    assert.equal(await pictureAt(fixture, fileId, moving.url), 'gif,320,180');
    const kept = await fixture.library.outputs.of(fixture.db, APP, fileId);
    const bytes = kept.reduce((sum, { totalSize }) => sum + totalSize, 0);
    let stored = 0;
    for (const key of await fixture.keys()) stored += (await fixture.store.head(key))!.size;
    assert.equal(bytes, stored, 'what the library counts is what the store holds');
  });

  test('sampled pictures by time, and ones of a kind that can be seen through', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const fileId = await fixture.addVideo(clip);
    const body = {
      ...{ format: 'png' as const, width: 200, height: 200, fill: 'transparent' as const },
      every: { ms: 1000 },
    };
    const { id } = await fixture.templates.create(APP, 'sampledSnapshot', { body }, 1);
    const { vodTaskId } = await fixture.call('ProcessFile', {
      fileId,
      sampleSnapshot: { definition: String(id) },
    });
    await fixture.startEngine();
    assert.equal((await fixture.finished(vodTaskId)).failure, null);
    const [sample] = (await fixture.call('GetVideoInfo', { fileId })).sampleSnapshotInfo;
    assert.deepEqual([sample.sampleType, sample.Interval, sample.imageUrls.length], ['Time', 1, 3]);
    for (const url of sample.imageUrls) assert.equal(await pictureAt(fixture, fileId, url), 'png,200,200');
  });

  test('ConvertVodFile with isScreenshot takes sampled pictures beside its renditions', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const fileId = await fixture.addVideo(clip);
    const songId = await fixture.addVideo(song);
    await fixture.startEngine();
    const ended: { status: number }[] = [];
    for (const id of [fileId, songId]) {
      const { vodTaskId } = await fixture.call('ConvertVodFile', { fileId: id, isScreenshot: '1' });
      await fixture.finished(vodTaskId);
      ended.push((await fixture.events()).at(-1).data);
    }
    assert.equal(ended[0]!.status, 0);
    const [sample] = (await fixture.call('GetVideoInfo', { fileId })).sampleSnapshotInfo;
    assert.equal(sample.imageUrls.length, 10);
    assert.equal(await pictureAt(fixture, fileId, sample.imageUrls[9]), 'mjpeg,320,180');
    // Sound cannot be converted to these definitions either; pictures are not what the event speaks of.
    assert.equal((await fixture.call('GetVideoInfo', { fileId: songId })).sampleSnapshotInfo, undefined);
  });

  test('DescribeVodCover makes a picture of the video its cover', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const fileId = await fixture.addVideo(clip);
    const { vodTaskId } = await fixture.call('ProcessFile', {
      ...{ fileId, imageSprite: { definition: '10' } },
      snapshotByTimeOffset: { definition: '10', timeOffset: { 0: '0', 1: '2000' } },
    });
    await fixture.startEngine();
    await fixture.finished(vodTaskId);
    const named = `${base(fileId)}/snapshotByTimeOffset/snapshotByTimeOffset_10`;
    const set = (para: string, more: object = {}) =>
      fixture.call('DescribeVodCover', { fileId, type: '1', para, ...more });
    const cover = async () => (await fixture.call('GetVideoInfo', { fileId })).basicInfo.coverUrl;
    assert.deepEqual(await set(`${named}_1.jpg`), {});
    assert.equal(await cover(), `${named}_1.jpg`);
    // What was uploaded before is not needed any more.
    const uploaded = `vod${APP}/${fileId}/7.jpg`;
    await fixture.store.put(uploaded, Buffer.from('jpeg'));
    await database.database.transaction((trx) =>
      fixture.library.videos.change(trx, APP, fileId, { coverKey: uploaded }, 1),
    );
    // As an application kept it: of another origin, without a scheme.
    await set(named.replace('https://media', '//old').concat('_0.jpg?x=1'));
    assert.equal(await cover(), `${named}_0.jpg`);
    assert.equal(await fixture.store.head(uploaded), null);
    const refused = [
      `${named}_2.jpg`,
      `${base(fileId)}/imageSprite/imageSprite_10.vtt`,
      `${base(fileId)}/f0.mp4`,
      `${base('1')}/snapshotByTimeOffset/snapshotByTimeOffset_10_0.jpg`,
      'https://elsewhere.example.com/a.jpg',
      'nonsense',
    ];
    for (const para of refused) await assert.rejects(set(para), fails(1000, /picture/), para);
    const gone = set(`${base('1')}/coverBySnapshot/coverBySnapshot_10_0.jpg`, { fileId: '1' });
    await assert.rejects(gone, fails(10_008, /no video 1/));
    await assert.rejects(set('x', { type: '2' }), { name: 'ZodError' });
    assert.equal(await cover(), `${named}_0.jpg`);
  });

  test('a first cover holds nothing up: no status, no list, no quota, and a cover of somebody stays', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const { library, db, tasks } = fixture;
    fixture.options.covers = true;
    const begin = async (videoId: string, appId = APP) => {
      const { info } = await library.videos.require(db, APP, videoId);
      await database.database.transaction((trx) =>
        fixture.processing.startFirstCover(trx, { id: videoId, appId, info }, Date.now()),
      );
    };
    const [fresh, covered, other] = [
      await fixture.addVideo(clip),
      await fixture.addVideo(clip),
      await fixture.addVideo(clip),
    ];
    const own = `vod${APP}/${covered}/7.jpg`;
    await database.database.transaction((trx) =>
      library.videos.change(trx, APP, covered, { coverKey: own }, Date.now()),
    );
    for (const id of [fresh, covered]) await begin(id);
    // The application of the fixture has them on, others do not.
    await begin(other, '1250000002');
    assert.equal(await tasks.activeFlows(db, APP, fresh), 0);
    assert.equal((await library.videos.get(db, APP, fresh))?.status, 'normal');
    const { data } = await fixture.call('GetTaskList', {});
    assert.ok(data.every(({ taskList }: { taskList: unknown[] }) => taskList.length === 0));
    const { vodTaskId } = await fixture.call('CreateImageSprite', { fileId: covered, definition: '10' });
    await fixture.startEngine();
    // It comes after them in the queue.
    await fixture.finished(vodTaskId);
    const coverOf = async (id: string) => (await library.videos.require(db, APP, id)).coverKey;
    assert.equal(await coverOf(fresh), `vod${APP}/${fresh}/coverBySnapshot/coverBySnapshot_0_0.jpg`);
    assert.deepEqual([await coverOf(covered), await coverOf(other)], [own, null]);
    assert.equal((await library.videos.get(db, APP, covered))?.status, 'normal');
    assert.equal((await fixture.events()).length, 1);
    const { basicInfo } = await fixture.call('GetVideoInfo', { fileId: fresh });
    assert.equal(await pictureAt(fixture, fresh, basicInfo.coverUrl), 'mjpeg,320,180');
  });

  test('sound has no pictures: each task says so with its code', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const fileId = await fixture.addVideo(song);
    const sprite = await fixture.call('CreateImageSprite', { fileId, definition: '10' });
    const { vodTaskId } = await fixture.call('CreateSnapshotByTimeOffset', { fileId, timeOffset: '0' });
    await fixture.startEngine();
    await fixture.finished(sprite.vodTaskId);
    await fixture.finished(vodTaskId);
    const events = await fixture.events();
    const dataOf = (type: string) => events.find(({ eventType }) => eventType === type).data;
    const message = 'the file has no video';
    assert.deepEqual(CreateImageSpriteComplete.data.parse(dataOf('CreateImageSpriteComplete')), {
      ...{ status: -47_402, message, vodTaskId: sprite.vodTaskId, fileId },
    });
    assert.deepEqual(dataOf('CreateSnapshotByTimeOffsetComplete').picInfo, [
      { status: -47_402, timeOffset: 0 },
    ]);
  });

  test('what cannot be asked for is refused, by name', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const fileId = await fixture.addVideo(clip);
    const times = Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [i, '0']));
    const moving = (more: object) => ({ fileId, animatedGraphics: { definition: '20000', ...more } });
    const refusals: [string, Record<string, unknown>, number, RegExp][] = [
      ['CreateSnapshotByTimeOffset', { fileId: '1', timeOffset: '0' }, 10008, /no video 1/],
      ['CreateSnapshotByTimeOffset', { fileId, timeOffset: '0', definition: '11' }, 1000, /no definition 11/],
      ['CreateImageSprite', { fileId: '1', definition: '10' }, 10008, /no video 1/],
      ['CreateImageSprite', { fileId, definition: '20' }, 1000, /no definition 20/],
      ['ProcessFile', { fileId, sampleSnapshot: { definition: '20' } }, 1000, /no definition 20/],
      ['ProcessFile', { fileId, imageSprite: { definition: '20' } }, 1000, /no definition 20/],
      ['ProcessFile', { fileId, animatedGraphics: { definition: '10' } }, 1000, /no definition 10/],
      ['ProcessFile', moving({ startTime: '5', endTime: '5' }), 1000, /endTime must be after startTime/],
      ['ProcessFile', moving({ endTime: '61' }), 1000, /by 60 s at most/],
    ];
    for (const [name, params, code, message] of refusals)
      await assert.rejects(fixture.call(name, params), fails(code, message), name);
    const malformed: Record<string, unknown>[] = [
      {},
      { timeOffset: '-1' },
      { timeOffset: times },
      { timeOffset: '1.5' },
    ];
    for (const more of malformed)
      await assert.rejects(fixture.call('CreateSnapshotByTimeOffset', { fileId, ...more }), {
        name: 'ZodError',
      });
    await assert.rejects(fixture.call('CreateImageSprite', { fileId }), { name: 'ZodError' });
    assert.deepEqual(await fixture.tasks.activeFlows(fixture.db, APP, fileId), 0);
  });
});
