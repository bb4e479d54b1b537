import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { ProcedureStateChanged } from '@openvod/contract/v2';
import { colourAt } from '../media/testing/pixels.ts';
import type { BodyOf } from '../templates/index.ts';
import { describeOnBothDatabases } from '../testing/databases.ts';
import { WireError } from '../testing/wire-error.ts';
import { APP, createFixture } from './testing/fixture.ts';

let folder = '';
let clip = '';
let logo = '';

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'openvod-test-'));
  clip = path.join(folder, 'grey.mp4');
  logo = path.join(folder, 'logo.png');
  const draw = (source: string, ...args: string[]) =>
    execFileSync('ffmpeg', ['-nostdin', '-v', 'error', '-f', 'lavfi', '-i', source, ...args]);
  // It fits definition 10 but for its sound: without a watermark its picture would be copied.
  draw(
    'color=gray:s=320x180:r=24:d=1',
    '-c:v',
    'libx264',
    '-profile:v',
    'baseline',
    '-pix_fmt',
    'yuv420p',
    clip,
  );
  draw('color=red:s=64x64', '-frames:v', '1', logo);
});
after(() => rm(folder, { recursive: true, force: true }));

const fails = (code: number, message: RegExp) => (error: unknown) =>
  error instanceof WireError && error.code === code && message.test(error.message);

const IMAGE = `vod${APP}/watermarks/logo.png`;
const percent = (value: number) => ({ value, unit: 'percent' }) as const;
const body: BodyOf<'watermark'> = {
  ...{ kind: 'image', imageKey: IMAGE, origin: 'topLeft' },
  ...{ x: percent(50), y: percent(0), width: percent(20), height: null },
};

type Fixture = Awaited<ReturnType<typeof createFixture>>;

async function addWatermark({ store, templates }: Fixture, image = logo): Promise<number> {
  await store.put(IMAGE, await readFile(image));
  return (await templates.create(APP, 'watermark', { body }, 1)).id;
}

/** Which of the halves of the top of a rendition is red. */
async function redHalves({ store, library, db, runFolderOf }: Fixture, fileId: string, definition: number) {
  const outputs = await library.outputs.of(db, APP, fileId);
  const output = outputs.find((one) => one.kind === 'transcode' && one.definition === definition);
  assert.ok(output);
  await using file = await store.localFile(runFolderOf(fileId, output.run) + output.name);
  const isRed = (x: number) => colourAt(file.path, { x, y: 10, width: 40, height: 40 }).red > 200;
  return { left: isRed(100), right: isRed(172), info: output.info };
}

describeOnBothDatabases('watermarks', (open) => {
  test('ProcessFile lays a template of the application over what it encodes, and the event says so', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const fileId = await fixture.addVideo(clip);
    const watermark = String(await addWatermark(fixture));
    const transcode = { definition: { 0: '10', 1: '20' }, watermark };
    const { vodTaskId } = await fixture.call('ProcessFile', { fileId, transcode });
    // What the job keeps is the template as it was.
    await fixture.templates.change(APP, 'watermark', Number(watermark), { body: { x: { value: 0 } } }, 2);
    await fixture.startEngine();
    assert.equal((await fixture.finished(vodTaskId)).failure, null);
    const made = await redHalves(fixture, fileId, 10);
    assert.deepEqual([made.left, made.right], [false, true]);
    assert.deepEqual([made.info?.video[0]?.codec, made.info?.durationMs], ['h264', 1000]);
    const [{ data }] = await fixture.events();
    ProcedureStateChanged.data.parse(data);
    assert.deepEqual(data.processTaskList[0].input, { definition: 10, watermark: 1 });

    const plain = await fixture.call('ProcessFile', {
      fileId,
      transcode: { definition: '10', watermark: '0' },
    });
    await fixture.finished(plain.vodTaskId);
    assert.equal((await redHalves(fixture, fileId, 10)).right, false);
    const { data: without } = (await fixture.events()).at(-1);
    assert.deepEqual(without.processTaskList[0].input, { definition: 10, watermark: 0 });
  });

  test('watermark 1 and isWatermark are the default of the application', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const fileId = await fixture.addVideo(clip);
    const transcode = { definition: '10', watermark: '1' };
    await assert.rejects(
      fixture.call('ProcessFile', { fileId, transcode }),
      fails(1163, /no default watermark/),
    );
    fixture.options.watermark = await addWatermark(fixture);
    const { vodTaskId } = await fixture.call('ConvertVodFile', { fileId, isWatermark: '1' });
    await fixture.startEngine();
    assert.equal((await fixture.finished(vodTaskId)).failure, null);
    assert.equal((await redHalves(fixture, fileId, 20)).right, true);
    const second = await fixture.call('ProcessFile', { fileId, transcode });
    await fixture.finished(second.vodTaskId);
    assert.equal((await redHalves(fixture, fileId, 10)).right, true);
  });

  test('a watermark that is unknown, or does not go with a definition, is refused', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const fileId = await fixture.addVideo(clip);
    const watermark = String(await addWatermark(fixture));
    const ask = (definition: string, watermark: string) =>
      fixture.call('ProcessFile', { fileId, transcode: { definition, watermark } });
    await assert.rejects(ask('10', '1000099'), fails(1000, /no definition 1000099/));
    await assert.rejects(ask('9', watermark), fails(1000, /definition 9 only changes the container/));
    await assert.rejects(
      fixture.call('ProcessFile', { fileId, transcode: { definition: '10', watermark: '-1' } }),
    );
    const other = await fixture.templates.create('1250000002', 'watermark', { body }, 1);
    await fixture.templates.remove(APP, 'watermark', Number(watermark));
    await assert.rejects(ask('10', String(other.id)), fails(1000, /no definition/));
  });

  test('a picture that is gone or is none fails the jobs it was for, as no fault of the source', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const fileId = await fixture.addVideo(clip);
    const watermark = String(await addWatermark(fixture));
    await fixture.startEngine();
    const failed = async () => {
      const { vodTaskId } = await fixture.call('ProcessFile', {
        fileId,
        transcode: { definition: '10', watermark },
      });
      await fixture.finished(vodTaskId);
      const { data } = (await fixture.events()).at(-1);
      return [data.processTaskList[0].errCode, data.message];
    };
    const text = path.join(folder, 'text.png');
    await writeFile(text, 'no picture\n');
    await fixture.store.put(IMAGE, await readFile(text));
    assert.deepEqual(await failed(), [
      30010,
      `watermark ${watermark}: its picture is neither PNG nor JPEG, or too large`,
    ]);
    await fixture.store.delete(IMAGE);
    assert.deepEqual(await failed(), [30010, `watermark ${watermark}: its picture has been removed`]);
  });
});
