import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { filterGraph } from './filters.ts';
import type { OutputSpec } from './output-spec.ts';
import { planTranscode } from './plan.ts';
import {
  makeClip,
  picture,
  presets,
  presetVideo,
  quickH264,
  temporaryFolder,
  tone,
} from './testing/clips.ts';
import { mediaInfo, videoStream } from './testing/infos.ts';
import { make } from './testing/make.ts';
import { colourAt, similarity } from './testing/pixels.ts';
import type { TranscodeOutput } from './transcode.ts';
import type { Watermark, WatermarkLength } from './watermark.ts';
import { readWatermark } from './watermark-picture.ts';

const folder = temporaryFolder();
const px = (value: number): WatermarkLength => ({ value, unit: 'px' });
const percent = (value: number): WatermarkLength => ({ value, unit: 'percent' });

/** 120×40 px: red, then nothing at all, then blue. */
const logo = makeClip(
  folder,
  'logo.png',
  '-f lavfi -i color=red:s=40x40,format=rgba -f lavfi -i color=black@0:s=40x40,format=rgba -f lavfi -i color=blue:s=40x40,format=rgba -filter_complex hstack=3 -frames:v 1',
);
const grey = (name: string, size: string, more = '') =>
  makeClip(folder, name, `-f lavfi -i color=gray:s=${size}:r=24:d=1 ${tone(1)} ${quickH264} ${more}`.trim());
const film = grey('grey.mp4', '1280x720');

async function mark(changes: Partial<Watermark> = {}): Promise<Watermark> {
  const found = await readWatermark(logo);
  assert.ok(found);
  return {
    ...{
      picture: found,
      origin: 'topLeft',
      x: percent(10),
      y: percent(10),
      width: percent(30),
      height: null,
    },
    ...changes,
  };
}

const marked = (watermark: Watermark, ...ids: number[]): OutputSpec[] =>
  presets(...ids).map((spec) => ({ ...spec, watermark }));

const pathOf = (output: TranscodeOutput | undefined) =>
  output!.files.find(({ role }) => role === 'main')!.path;

type Near = 'red' | 'blue' | 'grey';
const colours = { red: [255, 0, 0], blue: [0, 0, 255], grey: [128, 128, 128] };

/** The thirds of a watermark's place, without their seams. */
function showsLogo(file: string, x: number, y: number, width: number, height: number): void {
  const third = width / 3;
  const shown: [Near, number][] = [
    ['red', 0],
    ['grey', 1],
    ['blue', 2],
  ];
  const inset = Math.ceil(third / 5);
  for (const [colour, n] of shown) {
    const region = {
      x: Math.round(x + n * third) + inset,
      y: y + inset,
      width: Math.round(third) - 2 * inset,
      height: height - 2 * inset,
    };
    isNear(file, region, colour);
  }
}

function isNear(file: string, region: { x: number; y: number; width: number; height: number }, colour: Near) {
  const { red, green, blue } = colourAt(file, region);
  const [r, g, b] = colours[colour] as [number, number, number];
  const far = Math.max(Math.abs(red - r), Math.abs(green - g), Math.abs(blue - b));
  // ffmpeg takes every picture that says nothing for one of standard definition, players a large one for HDTV.
  assert.ok(far < 40, `${JSON.stringify(region)} is ${red} ${green} ${blue}, not ${colour}`);
}

test('a watermark in percent is at the same place of every rung, the film shows through what is transparent', async () => {
  const outputs = await make(folder, film, marked(await mark(), 10, 220, 30));
  showsLogo(pathOf(outputs.get(30)), 128, 72, 384, 128);
  showsLogo(pathOf(outputs.get(10)), 32, 18, 96, 32);
  assert.equal(outputs.get(220)!.info.video[0]!.width, 640);
  const segments = outputs.get(220)!.files.find(({ role }) => role === 'segments')!.path;
  showsLogo(segments, 64, 36, 192, 64);
  for (const id of [10, 30]) {
    const { width, height } = outputs.get(id)!.info.video[0]!;
    isNear(pathOf(outputs.get(id)), { x: 0, y: height / 2, width, height: height / 2 }, 'grey');
  }
});

test('a watermark lies over 10 bit H.265, too', async () => {
  const deep: OutputSpec = {
    ...{ id: 1_000_001, container: 'mp4', audio: null, watermark: await mark() },
    video: presetVideo({ width: 320, height: null, profile: null, codec: 'hevc', bitDepth: 10 }),
  };
  const output = (await make(folder, film, [deep])).get(deep.id);
  assert.equal(output!.info.video[0]!.pixelFormat, 'yuv420p10le');
  showsLogo(pathOf(output), 32, 18, 96, 32);
});

test('a watermark in px is as large in every rung, counted from the corner that it belongs to', async () => {
  const place = { x: px(20), y: px(10), width: px(90), height: px(60), origin: 'bottomRight' } as const;
  const outputs = await make(folder, film, marked(await mark(place), 10, 20));
  showsLogo(pathOf(outputs.get(20)), 640 - 110, 360 - 70, 90, 60);
  showsLogo(pathOf(outputs.get(10)), 320 - 110, 180 - 70, 90, 60);
});

test('a watermark stands upright on what is turned, and fits what is small', async () => {
  const landscape = grey('lying.mp4', '640x360');
  const turned = makeClip(folder, 'turned.mp4', `-i ${landscape} -c copy -metadata:s:v rotate=90`);
  const portrait = grey('portrait.mp4', '360x640');
  for (const source of [turned, portrait]) {
    const outputs = await make(folder, source, marked(await mark(), 10));
    const { width, height } = outputs.get(10)!.info.video[0]!;
    assert.deepEqual([width, height], [180, 320]);
    showsLogo(pathOf(outputs.get(10)), 18, 32, 54, 18);
  }
  const small = grey('small.mp4', '96x64');
  const outputs = await make(folder, small, marked(await mark({ width: px(500), x: px(50), y: px(0) }), 10));
  assert.equal(outputs.get(10)!.info.video[0]!.width, 96);
  showsLogo(pathOf(outputs.get(10)), 0, 0, 96, 32);
});

test('what is made is what an overlay of whole colours makes of the same film, to the last frame', async () => {
  const moving = makeClip(folder, 'moving.mp4', `${picture('640x360', 1, 24)} ${quickH264} -crf 10`);
  const spec = { ...marked(await mark(), 20)[0]!, audio: null };
  spec.video = { ...spec.video!, bitrate: 8_000_000 };
  const outputs = await make(folder, moving, [spec]);
  const made = pathOf(outputs.get(20));
  const reference = makeClip(
    folder,
    'reference.mp4',
    `-i ${moving} -i ${logo} -filter_complex [1]scale=192:64[mark];[0][mark]overlay=64:36:format=gbrp,format=yuv420p ${quickH264} -crf 10`,
  );
  const bare = await make(folder, moving, [{ ...spec, watermark: undefined }], { copyWhenFits: 'never' });
  const alike = similarity(made, reference);
  assert.ok(alike > 0.96, `${alike}`);
  assert.ok(similarity(pathOf(bare.get(20)), reference) < alike - 0.01);
  assert.equal(outputs.get(20)!.info.durationMs, bare.get(20)!.info.durationMs);
});

test('a JPEG covers what is below; an APNG moves and begins anew; the sound stays as long as it was', async () => {
  const red = makeClip(folder, 'red.jpg', '-f lavfi -i color=red:s=60x60 -frames:v 1 -pix_fmt yuvj444p');
  // Red for a quarter of a second, then blue for as long.
  const blinking = makeClip(
    folder,
    'blinking.png',
    '-f lavfi -i color=red:s=60x60:r=4:d=0.25,format=rgba -f lavfi -i color=blue:s=60x60:r=4:d=0.25,format=rgba -filter_complex concat=2 -f apng',
  );
  const place = { width: px(60), x: px(0), y: px(0) };
  for (const [file, format] of [
    [red, 'jpeg'],
    [blinking, 'apng'],
  ] as const) {
    const found = (await readWatermark(file))!;
    assert.deepEqual([found.format, found.width, found.height], [format, 60, 60]);
    const outputs = await make(folder, film, marked(await mark({ ...place, picture: found }), 10));
    const { info } = outputs.get(10)!;
    assert.ok(Math.abs(info.durationMs - 1000) < 100, String(info.durationMs));
    assert.equal(info.audio.length, 1);
    const seen = [0.1, 0.35, 0.6, 0.85].map((at) => {
      const { red, blue } = colourAt(pathOf(outputs.get(10)), { x: 10, y: 10, width: 40, height: 40 }, at);
      return red > blue ? 'red' : 'blue';
    });
    assert.deepEqual(seen, format === 'apng' ? ['red', 'blue', 'red', 'blue'] : ['red', 'red', 'red', 'red']);
  }
});

test('only pictures are laid over videos, whatever they are called', async () => {
  const write = (name: string, bytes: string | Buffer) => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return path;
  };
  assert.equal(await readWatermark(write('list.png', '#EXTM3U\n#EXTINF:1,\n/etc/passwd\n')), null);
  assert.equal(await readWatermark(write('empty.png', '')), null);
  assert.equal(await readWatermark(film), null);
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  const broken = write('broken.png', Buffer.concat([signature, Buffer.alloc(100, 7)]));
  await assert.rejects(
    async () => {
      if ((await readWatermark(broken)) === null) throw Object.assign(new Error(), { name: 'MediaError' });
    },
    { name: 'MediaError' },
  );
  const wide = makeClip(folder, 'wide.png', '-f lavfi -i color=red:s=8194x2 -frames:v 1');
  assert.equal(await readWatermark(wide), null);
});

test('a source that fits is encoded all the same, and one that is only repackaged is refused', async () => {
  const watermark = await mark();
  const fitting = mediaInfo({
    video: [videoStream({ width: 1280, height: 720, fps: 24, bitrate: 900_000 })],
  });
  assert.deepEqual(
    planTranscode(fitting, presets(30)).video.map(({ kind }) => kind),
    ['copy'],
  );
  const plan = planTranscode(fitting, marked(watermark, 30, 9));
  assert.deepEqual(
    plan.video.map(({ kind }) => kind),
    ['encode'],
  );
  assert.deepEqual(
    plan.skipped.map(({ definition, reason }) => [definition, reason]),
    [[9, 'watermark-on-copy']],
  );
  assert.throws(() => planTranscode(fitting, marked(watermark, 6)), { reason: 'watermark-on-copy' });
});

test('a ladder of one shape has one overlay, also beside rungs without a watermark', async () => {
  const watermark = await mark();
  const overlays = (specs: OutputSpec[]) =>
    filterGraph(planTranscode(mediaInfo(), specs), true)!.match(/overlay=/g)?.length ?? 0;
  assert.equal(overlays(marked(watermark, 210, 220, 230, 20, 30)), 1);
  assert.equal(overlays([...marked(watermark, 210, 220), ...presets(230)]), 1);
  assert.equal(overlays(marked(await mark({ x: px(4) }), 210, 220, 230)), 3);
  assert.equal(overlays(presets(210, 220)), 0);
});
