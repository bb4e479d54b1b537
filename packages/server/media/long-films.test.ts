import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { stallTimeoutMs, transcodeTimeoutMs } from './limits.ts';
import { probe } from './probe.ts';
import { createProber } from './probing/prober.ts';
import { run } from './process.ts';
import { progressReader } from './progress.ts';
import { makeClip, presets, presetVideo, quickH264, temporaryFolder } from './testing/clips.ts';
import { make } from './testing/make.ts';

const HOUR = 3_600_000;
const folder = temporaryFolder();
/** As long as the planner takes: a picture every ten minutes. Its 1/16384 s are beyond 2^32, and its ms beyond 2^29. */
const week = makeClip(folder, 'week.mp4', `-f lavfi -i testsrc2=s=64x64:r=1/600:d=604800 ${quickH264} -g 1`);

/** Sum of what the playlist says of its segments, s. */
function secondsOf(playlist: string): number {
  return [...playlist.matchAll(/#EXTINF:([\d.]+)/g)].reduce((sum, [, seconds]) => sum + Number(seconds), 0);
}

test('a film of a week is probed the same from its headers and by ffprobe', async (t) => {
  const prober = createProber();
  t.after(() => prober.close());
  const [fromHeaders, byFfprobe] = [await prober.probe(week), await probe(week)];
  assert.deepEqual(fromHeaders, byFfprobe);
  assert.equal(fromHeaders.durationMs, 168 * HOUR);
});

test('a film of a week is copied whole into MP4 and HLS, whose clock begins anew six times', async () => {
  const outputs = await make(folder, week, presets(9, 6));
  const [mp4, hls] = [outputs.get(9)!, outputs.get(6)!];
  assert.deepEqual([mp4.info.durationMs, hls.info.durationMs], [168 * HOUR, 168 * HOUR]);
  const [playlist, segments] = hls.files.map((file) => readFileSync(file.path));
  assert.equal(Math.round(secondsOf(String(playlist))), 604_800);
  const bitrate = (segments!.length * 8) / 604_800;
  assert.ok(
    Math.abs(hls.info.bitrate / bitrate - 1) < 0.05,
    `${hls.info.bitrate} instead of ${bitrate} bit/s`,
  );
});

test('a film of more than a day is encoded whole', async () => {
  const day = makeClip(folder, 'day.mp4', `-i ${week} -c copy -t ${28 * 3600}`);
  const specs = presets(10, 210).map((spec) => ({
    ...spec,
    video: presetVideo({ width: 64, height: 64, fps: 1, gopFrames: 600 }),
  }));
  for (const [definition, { info, files }] of await make(folder, day, specs)) {
    assert.ok(Math.abs(info.durationMs - 28 * HOUR) <= 0.25 * HOUR, `${definition}: ${info.durationMs} ms`);
    if (definition !== 210) continue;
    const seconds = secondsOf(readFileSync(files[0]!.path, 'utf8'));
    assert.ok(Math.abs(seconds * 1000 - info.durationMs) < 1000);
  }
});

test('no limit of time for a film of a week is over at once', async () => {
  const limits = [transcodeTimeoutMs(168 * HOUR, 'placebo'), stallTimeoutMs(168 * HOUR)];
  assert.ok(limits[0]! > 2 ** 31);
  // It runs for a while: a limit that overflowed would have killed it after 1 ms.
  await run('ffmpeg', '-nostdin -v error -re -f lavfi -i testsrc2=s=64x64:r=10:d=0.5 -f null -'.split(' '), {
    ...{ stage: 'transcode', timeoutMs: limits[0]!, stallMs: 2 ** 31 + 1, onStdout: () => false },
  });
});

test('progress through a week', () => {
  const seen: number[] = [];
  const read = progressReader(168 * HOUR, (fraction) => seen.push(fraction));
  for (const hours of [0, 42, 84, 168]) read(`out_time_us=${hours * HOUR * 1000}\n`);
  assert.deepEqual(
    seen.map((fraction) => Math.round(fraction * 100)),
    [0, 25, 50, 99],
  );
});
