import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { MediaError } from '../errors.ts';
import { probe } from '../probe.ts';
import { makeClip, temporaryFolder, tone } from '../testing/clips.ts';
import { animate } from './animated.ts';
import { keyFrameTimes } from './key-frames.ts';
import { makeSprite, type SpriteSpec } from './sprite.ts';
import { takeSamples, takeStills } from './stills.ts';
import type { Writing } from './writing.ts';

const FPS = 5;
const folder = temporaryFolder();

/** 20 s in which each frame is a little brighter than the one before: a picture says which frame it is. */
function brightening(name: string, gop: number): string {
  const shades = `nullsrc=s=320x180:r=${FPS}:d=20,geq=lum=16+2*N:cb=128:cr=128`;
  const h264 = `-c:v libx264 -preset ultrafast -qp 8 -bf 0 -pix_fmt yuv420p -g ${gop} -keyint_min ${gop}`;
  return makeClip(folder, name, `-f lavfi -i ${shades} ${h264} -sc_threshold 0`);
}

const film = brightening('film.mp4', 10);
const jpg: Writing = { format: 'jpg', width: null, height: null, fill: 'stretch' };

/** Which frame a picture shows at a place, px. */
function frameIn(file: string, x = 100, y = 40): number {
  const first = execFileSync('ffmpeg', [
    ...['-v', 'error', '-i', file, '-vf', `crop=2:2:${x}:${y}`, '-frames:v', '1', '-f', 'rawvideo', 'pipe:1'],
  ])[0]!;
  return Math.round((first * 219) / 255 / 2);
}

function sizeOf(file: string): string {
  const args = ['-v', 'error', '-show_entries', 'stream=width,height,codec_name', '-of', 'csv=p=0', file];
  return execFileSync('ffprobe', args).toString().trim();
}

/** Files to be written in a folder of their own. */
function wantedAt(...times: number[]) {
  const target = mkdtempSync(join(folder, 'stills-'));
  return times.map((atMs, i) => ({ atMs, file: join(target, `${i}.jpg`) }));
}

test('pictures at exact times, in any order and twice the same; one beyond the end has its own fault', async () => {
  const info = await probe(film);
  const wanted = wantedAt(7000, 1400, 19_990, 20_000, 1400, 0, 600, 800, 1000, 1200, 13_000);
  const faults = await takeStills(film, info, wanted, { writing: jpg, scratch: folder });
  assert.deepEqual(
    faults.map((fault) => fault?.fault ?? null),
    wanted.map(({ atMs }) => (atMs < 20_000 ? null : { stage: 'snapshot', reason: 'seek-beyond-end' })),
  );
  const frames = wanted.flatMap(({ file }, i) => (faults[i] ? [] : [frameIn(file)]));
  assert.deepEqual(frames, [35, 7, 98, 7, 0, 3, 4, 5, 6, 65]);
});

test('a file that cannot be searched is read from its beginning', async () => {
  const flv = makeClip(folder, 'film.flv', `-i ${film} -c copy`);
  const wanted = wantedAt(7000, 0);
  const faults = await takeStills(flv, await probe(flv), wanted, { writing: jpg, scratch: folder });
  assert.deepEqual(faults, [null, null]);
  assert.deepEqual(
    wanted.map(({ file }) => frameIn(file)),
    [35, 0],
  );
});

for (const container of ['mp4', 'mkv', 'mov', 'flv', 'ts', 'avi']) {
  test(`samples of ${container}: key frames that are near, and exact pictures where none is`, async () => {
    const source = brightening(`sampled.${container}`, 40);
    const info = await probe(source);
    // Every 8 s a key frame: those at 0, 8 and 16 are near enough, at 4 and 12 nothing is.
    const wanted = wantedAt(0, 4000, 8600, 12_000, 15_400);
    await takeSamples(source, info, wanted, 4000, { writing: jpg, scratch: folder });
    const frames = wanted.map(({ file }) => frameIn(file));
    // AVI does not say when its frames are shown: all are exact there.
    const expected = container === 'avi' ? [0, 20, 43, 60, 77] : [0, 20, 40, 60, 80];
    assert.ok(
      frames.every((frame, i) => Math.abs(frame - expected[i]!) <= 1),
      frames.join(),
    );
  });
}

test('key frames are found without decoding', async () => {
  const info = await probe(film);
  assert.deepEqual(await keyFrameTimes(film, info), [0, 2, 4, 6, 8, 10, 12, 14, 16, 18]);
});

test('where the video has ended before the sound, samples show its last picture', async () => {
  const long = makeClip(folder, 'long-sound.mp4', `-i ${film} ${tone(40)} -c:v copy`);
  const wanted = wantedAt(0, 18_000, 27_000, 36_000);
  await takeSamples(long, await probe(long), wanted, 9000, { writing: jpg, scratch: folder });
  assert.deepEqual(
    wanted.map(({ file }) => frameIn(file)),
    [0, 90, 90, 90],
  );
});

const spec: SpriteSpec = {
  ...{ format: 'jpg', width: 142, height: 80, rows: 2, columns: 3, intervalMs: 2000, fill: 'black' },
};

test('a sprite: tiles in rows, sheets of one size, times in the index', async () => {
  const target = mkdtempSync(join(folder, 'sprite-'));
  const nameOf = (sheet: number) => `sheet_${sheet}.jpg`;
  const progress: number[] = [];
  const sprite = await makeSprite(film, await probe(film), spec, target, nameOf, {
    onProgress: (fraction) => progress.push(fraction),
  });
  assert.deepEqual([sprite.count, sprite.intervalMs], [10, 2000]);
  assert.deepEqual(readdirSync(target).sort(), ['sheet_0.jpg', 'sheet_1.jpg']);
  for (const sheet of sprite.sheets) assert.equal(sizeOf(sheet), 'mjpeg,426,160');
  const frames = Array.from({ length: 10 }, (_, i) => {
    const place = i % 6;
    const [x, y] = [(place % 3) * 142 + 70, Math.floor(place / 3) * 80 + 40];
    return frameIn(sprite.sheets[Math.floor(i / 6)]!, x, y);
  });
  assert.ok(
    frames.every((frame, i) => Math.abs(frame - i * 10) <= 1),
    frames.join(),
  );
  assert.equal(frameIn(sprite.sheets[1]!, 212, 120), 0, 'what is left of the last sheet is black');
  assert.equal(sprite.index.match(/sheet_1\.jpg#xywh/g)?.length, 4);
  assert.equal(progress.at(-1), 1);
});

test('a transparent PNG sprite of a portrait video can be seen through at the sides of each tile', async () => {
  const portrait = makeClip(folder, 'portrait.mp4', `-i ${film} -c copy -metadata:s:v rotate=90`);
  const target = mkdtempSync(join(folder, 'sprite-'));
  const clear: SpriteSpec = { ...spec, format: 'png', fill: 'transparent', intervalMs: 10_000 };
  const { sheets } = await makeSprite(portrait, await probe(portrait), clear, target, () => 'sheet.png');
  assert.equal(sizeOf(sheets[0]!), 'png,426,160');
  const alphaAt = (x: number) =>
    execFileSync('ffmpeg', [
      ...['-v', 'error', '-i', sheets[0]!, '-vf', `crop=2:2:${x}:40,format=rgba`, '-f', 'rawvideo', 'pipe:1'],
    ])[3];
  assert.deepEqual([alphaAt(4), alphaAt(70), alphaAt(138)], [0, 255, 0]);
});

test('moving pictures: size, rate and length as asked, no larger than the source', async () => {
  const info = await probe(film);
  const cases = [
    { format: 'gif', width: 160, height: null, fps: 5, shown: 'gif,160,90' },
    { format: 'gif', width: 640, height: null, fps: 2, shown: 'gif,320,180' },
    { format: 'webp', width: 160, height: null, fps: 5, shown: '' },
  ] as const;
  for (const { shown, ...wanted } of cases) {
    const file = join(folder, `moving-${wanted.fps}.${wanted.format}`);
    const size = await animate(film, info, wanted, { startMs: 18_000, endMs: 25_000 }, file);
    assert.deepEqual(size, wanted.width === 640 ? { width: 320, height: 180 } : { width: 160, height: 90 });
    if (wanted.format === 'webp') {
      // This ffmpeg writes what it cannot read; the frames are chunks named ANMF.
      const bytes = execFileSync('cat', [file]).toString('latin1');
      assert.equal(bytes.slice(0, 4) + bytes.slice(8, 12), 'RIFFWEBP');
      assert.ok(bytes.split('ANMF').length - 1 >= 2);
      continue;
    }
    assert.equal(sizeOf(file), shown);
    const count = execFileSync('ffprobe', [
      ...['-v', 'error', '-count_frames', '-show_entries', 'stream=nb_read_frames', '-of', 'csv=p=0', file],
    ]);
    assert.equal(Number(count.toString()), wanted.fps * 2);
    assert.ok(Math.abs(frameIn(file) - 90) <= 3);
  }
  await assert.rejects(
    animate(film, info, cases[0], { startMs: 20_000, endMs: 25_000 }, join(folder, 'late.gif')),
    { reason: 'seek-beyond-end' },
  );
});

test('sound has no pictures', async () => {
  const song = makeClip(folder, 'song.m4a', tone());
  const info = await probe(song);
  const options = { writing: jpg, scratch: folder };
  for (const attempt of [
    () => takeStills(song, info, wantedAt(0), options),
    () => takeSamples(song, info, wantedAt(0), 1000, options),
    () => makeSprite(song, info, spec, folder, () => 'x.jpg'),
  ])
    await assert.rejects(attempt, (error) => error instanceof MediaError && error.reason === 'no-video');
});
