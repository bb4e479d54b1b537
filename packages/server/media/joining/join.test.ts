import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import { test } from 'node:test';
import { MediaError } from '../errors.ts';
import type { Container } from '../packaging/index.ts';
import { probe } from '../probe.ts';
import { makeClip, picture, quickH264, temporaryFolder, tone } from '../testing/clips.ts';
import { framesOf, similarity } from '../testing/frames.ts';
import { join } from './join.ts';

const folder = temporaryFolder();
const one = makeClip(folder, 'one.mp4', `${picture('320x180', 2)} ${tone(2)} ${quickH264} -bf 2 -c:a aac`);
const two = makeClip(
  folder,
  "two's.mp4",
  `-f lavfi -i testsrc=s=320x180:r=24:d=1 ${tone(1)} ${quickH264} -bf 2 -c:a aac`,
);

async function joined(paths: string[], containers: Container[] = []) {
  const outDir = mkdtempSync(joinPath(folder, 'joined-'));
  const sources = await Promise.all(paths.map(async (path) => ({ path, info: await probe(path) })));
  const made = await join(sources, outDir, { encodePreset: 'ultrafast', containers });
  return { ...made, path: made.files[0]!.path };
}

/** Loudness of a stretch, dB below full scale. */
function loudness(file: string, from: number, seconds: number): number {
  const args = ['-nostdin', '-ss', `${from}`, '-t', `${seconds}`, '-i', file, '-map', '0:a', '-af'];
  const shell = ['-c', 'exec ffmpeg "$@" 2>&1', 'sh', ...args, 'volumedetect', '-f', 'null', '-'];
  return Number(/mean_volume: (-?[\d.]+)/.exec(execFileSync('sh', shell, { encoding: 'utf8' }))?.[1]);
}

test('what is alike is copied: every frame of each, in order, and the sound in its place', async () => {
  const made = await joined([one, two, one], ['hls']);
  assert.equal(made.wasCopied, true);
  const [ofOne, ofTwo] = [framesOf(one).pictures, framesOf(two).pictures];
  assert.deepEqual(framesOf(made.path).pictures, [...ofOne, ...ofTwo, ...ofOne]);
  assert.ok(Math.abs(made.info.durationMs - 5000) < 150, `${made.info.durationMs} ms`);
  const times = framesOf(made.path).timesMs;
  assert.ok(Math.abs(times[48]! - 2000) < 60, `the second begins at ${times[48]} ms`);
});

test('other sizes, codecs, frame rates, turns and no sound: encoded frame for frame to the size of the first', async () => {
  const slow = makeClip(folder, 'slow.webm', `${picture('200x200', 1, 10)} -c:v libvpx -deadline realtime`);
  const upright = makeClip(folder, 'up.mp4', `${picture('320x180', 1, 30)} ${quickH264}`);
  const turned = makeClip(folder, 'turned.mp4', `-i ${upright} -c copy -metadata:s:v rotate=90`);
  const flv = makeClip(
    folder,
    'old.flv',
    `${picture('160x120', 1, 25)} -f lavfi -i sine=f=880:d=1:r=22050 -c:v flv1 -c:a libmp3lame`,
  );
  const made = await joined([one, slow, turned, flv]);
  assert.equal(made.wasCopied, false);
  const [video] = made.info.video;
  assert.deepEqual([video?.codec, video?.width, video?.height, made.info.rotation], ['h264', 320, 180, 0]);
  const frames = framesOf(made.path);
  assert.equal(frames.pictures.length, 48 + 10 + 30 + 25);
  const seams = [0, 48, 58, 88].map((frame) => frames.timesMs[frame]!);
  [0, 2000, 3000, 4000].forEach((ms, i) => {
    assert.ok(Math.abs(seams[i]! - ms) < 60, `piece ${i} begins at ${seams[i]} ms`);
  });
  for (const [frame, of] of [
    [0, 0],
    [47, 47],
  ] as const) {
    assert.ok(similarity({ file: made.path, frame }, { file: one, frame: of }) > 0.95, `frame ${frame}`);
  }
  assert.ok(Math.abs(made.info.durationMs - 5000) < 100, `${made.info.durationMs} ms`);
  assert.equal(made.info.audio.length, 1);
  const levels = [0.2, 2.3, 3.3, 4.2].map((from) => loudness(made.path, from, 0.5));
  assert.ok(levels[0]! > -40 && levels[3]! > -40, `sound where there is some: ${levels}`);
  assert.ok(levels[1]! < -80 && levels[2]! < -80, `silence where there is none: ${levels}`);
});

test('the same picture told to decoders in another way is not taken for alike', async () => {
  const other = makeClip(
    folder,
    'other.mp4',
    `${picture('320x180', 1)} ${tone(1)} -c:v libx264 -preset medium -pix_fmt yuv420p -c:a aac`,
  );
  const made = await joined([one, other]);
  assert.equal(made.wasCopied, false);
  assert.equal(framesOf(made.path).pictures.length, 72);
});

test('what the later container does not hold is encoded', async () => {
  const opus = makeClip(folder, 'opus.mp4', `${picture('320x180', 1)} ${tone(1)} ${quickH264} -c:a libopus`);
  assert.equal((await joined([opus, opus])).wasCopied, true);
  const forHls = await joined([opus, opus], ['hls']);
  assert.deepEqual([forHls.wasCopied, forHls.info.audio[0]?.codec], [false, 'aac']);
});

test('sound alone is joined; beside a picture it is refused', async () => {
  const sound = makeClip(folder, 'sound.m4a', `${tone(1)} -c:a aac`);
  const mp3 = makeClip(folder, 'sound.mp3', `${tone(1)} -c:a libmp3lame`);
  const made = await joined([sound, mp3]);
  assert.deepEqual([made.info.video.length, made.info.audio[0]?.codec], [0, 'aac']);
  assert.ok(Math.abs(made.info.durationMs - 2000) < 100, `${made.info.durationMs} ms`);
  await assert.rejects(joined([one, sound]), (error) => {
    assert.ok(error instanceof MediaError);
    assert.deepEqual(error.fault, { stage: 'source', reason: 'no-video' });
    return true;
  });
});

test('a source that is a list of other files is not followed', async () => {
  const list = joinPath(folder, 'list.mp4');
  writeFileSync(list, `ffconcat version 1.0\nfile '${one}'\n`);
  // As if it had been probed before it was overwritten.
  const info = await probe(one);
  const sources = [one, list].map((path) => ({ path, info }));
  const outDir = mkdtempSync(joinPath(folder, 'joined-'));
  await assert.rejects(
    join(sources, outDir, { encodePreset: 'ultrafast', containers: [] }),
    (error) => error instanceof MediaError && error.stage === 'probe',
  );
});
