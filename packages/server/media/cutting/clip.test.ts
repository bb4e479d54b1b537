import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { MediaError } from '../errors.ts';
import { probe } from '../probe.ts';
import { makeClip, picture, quickH264, temporaryFolder, tone } from '../testing/clips.ts';
import { framesOf, similarity } from '../testing/frames.ts';
import { clip } from './clip.ts';

const folder = temporaryFolder();
/** 6 s, a key frame every 2 s, B frames between. */
const source = makeClip(
  folder,
  'source.mp4',
  `${picture('320x180', 6)} ${tone(6)} -c:v libx264 -preset ultrafast -pix_fmt yuv420p -g 48 -bf 2 -sc_threshold 0 -c:a aac`,
);

async function cut(path: string, startMs: number, endMs: number | null) {
  const outDir = mkdtempSync(join(folder, 'cut-'));
  const info = await probe(path);
  const made = await clip({ path, info }, { startMs, endMs }, outDir, { encodePreset: 'ultrafast' });
  return { ...made, path: made.files[0]!.path };
}

test('a cut at key frames is a copy of exactly the frames between, at their times', async () => {
  const made = await cut(source, 2000, -2000);
  assert.equal(made.wasCopied, true);
  const frames = framesOf(made.path);
  assert.deepEqual(frames.pictures, framesOf(source).pictures.slice(48, 96));
  assert.equal(Math.round(frames.timesMs[0]!), 0);
  assert.equal(Math.round(frames.timesMs.at(-1)!), 1958);
  assert.deepEqual([made.info.container, made.info.audio[0]?.codec], ['mp4', 'aac']);
  assert.ok(Math.abs(made.info.durationMs - 2000) < 60, `${made.info.durationMs} ms`);
});

test('a whole film is a copy, to its last frame', async () => {
  const made = await cut(source, 0, null);
  assert.equal(made.wasCopied, true);
  assert.deepEqual(framesOf(made.path).pictures, framesOf(source).pictures);
});

test('a cut between key frames is encoded, exactly to the frame, at the size and about the bitrate of the source', async () => {
  const made = await cut(source, 1000, 3500);
  assert.equal(made.wasCopied, false);
  const { timesMs } = framesOf(made.path);
  assert.deepEqual([timesMs.length, Math.round(timesMs[0]!)], [60, 0]);
  for (const [frame, of] of [
    [0, 24],
    [59, 83],
  ] as const) {
    const exact = similarity({ file: made.path, frame }, { file: source, frame: of });
    const beside = similarity({ file: made.path, frame }, { file: source, frame: of + 1 });
    assert.ok(exact > 0.95 && exact > beside, `frame ${frame}: ${exact}, ${beside}`);
  }
  const [video] = made.info.video;
  assert.deepEqual([video?.codec, video?.width, video?.height, video?.fps], ['h264', 320, 180, 24]);
  assert.ok(Math.abs(made.info.durationMs - 2500) <= 2, `${made.info.durationMs} ms`);
  const wanted = (await probe(source)).video[0]!.bitrate;
  assert.ok(video!.bitrate < wanted * 2 && video!.bitrate > wanted / 4, `${video!.bitrate} of ${wanted}`);
});

test('a turned picture stays as it is shown, copied or encoded', async () => {
  const turned = makeClip(folder, 'turned.mp4', `-i ${source} -c copy -metadata:s:v rotate=90`);
  for (const [startMs, wasCopied] of [
    [2000, true],
    [1500, false],
  ] as const) {
    const made = await cut(turned, startMs, null);
    const [video] = made.info.video;
    assert.equal(made.wasCopied, wasCopied);
    assert.deepEqual([video?.displayWidth, video?.displayHeight], [180, 320]);
  }
});

test('codecs that MP4 does not hold, odd sizes and sources without sound or picture can be cut', async () => {
  const vp8 = makeClip(folder, 'vp8.webm', `${picture('161x91', 2)} -c:v libvpx -deadline realtime -g 24`);
  const vorbis = makeClip(folder, 'sound.ogg', `${tone(3)} -c:a libvorbis`);
  const mp3 = makeClip(folder, 'sound.mp3', `${tone(3)} -c:a libmp3lame`);
  const fromVp8 = await cut(vp8, 1000, null);
  assert.deepEqual(
    [fromVp8.info.video[0]?.codec, fromVp8.info.video[0]?.width, fromVp8.info.audio.length],
    ['h264', 160, 0],
  );
  assert.equal(framesOf(fromVp8.path).timesMs.length, 24);
  const fromVorbis = await cut(vorbis, 1000, 2000);
  assert.deepEqual([fromVorbis.info.audio[0]?.codec, fromVorbis.wasCopied], ['aac', false]);
  assert.ok(Math.abs(fromVorbis.info.durationMs - 1000) < 30);
  const fromMp3 = await cut(mp3, 1000, 2000);
  assert.deepEqual([fromMp3.info.audio[0]?.codec, fromMp3.wasCopied], ['mp3', true]);
  assert.ok(Math.abs(fromMp3.info.durationMs - 1000) < 60, `${fromMp3.info.durationMs}`);
});

test('frames at times of their own keep them', async () => {
  const uneven = makeClip(
    folder,
    'uneven.mkv',
    `${picture('320x180', 3)} -vf select=not(eq(mod(n\\,5)\\,2)) -fps_mode vfr ${quickH264} -g 250`,
  );
  const made = await cut(uneven, 1000, 2000);
  const all = framesOf(uneven).timesMs.filter((ms) => ms >= 999.5 && ms < 1999.5);
  const times = framesOf(made.path).timesMs;
  assert.equal(times.length, all.length);
  for (const [i, ms] of times.entries()) {
    assert.ok(Math.abs(ms - (all[i]! - 1000)) < 2, `frame ${i} at ${ms} ms`);
  }
});

test('a file without an index to seek by is cut all the same', async () => {
  const flv = makeClip(folder, 'old.flv', `${picture('320x180', 4, 25)} -c:v flv1 -g 50`);
  const made = await cut(flv, 1000, 3000);
  const { timesMs } = framesOf(made.path);
  assert.equal(timesMs.length, 50);
  assert.ok(Math.abs(timesMs[0]!) < 30, `${timesMs[0]} ms`);
  assert.ok(similarity({ file: made.path, frame: 0 }, { file: flv, frame: 25 }) > 0.9);
});

test('nothing between the two times is said so', async () => {
  for (const [startMs, endMs] of [
    [6500, null],
    [3000, 2000],
  ] as const) {
    await assert.rejects(cut(source, startMs, endMs), (error) => {
      assert.ok(error instanceof MediaError);
      assert.deepEqual(error.fault, { stage: 'source', reason: 'range-empty' });
      return true;
    });
  }
});
