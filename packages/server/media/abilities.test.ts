/** What only templates of customers ask for, each seen in a file that was made of it. One encode for all of it. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { before, test } from 'node:test';
import type { AudioSpec, OutputSpec } from './output-spec.ts';
import { makeClip, presetAudio, presetVideo, quickH264, temporaryFolder } from './testing/clips.ts';
import { describe, make } from './testing/make.ts';
import type { TranscodeOutput } from './transcode.ts';

const folder = temporaryFolder();
const SECONDS = 4;

type VideoChanges = Parameters<typeof presetVideo>[0];
const only = (id: number, changes: VideoChanges, container: OutputSpec['container'] = 'mp4'): OutputSpec => ({
  id,
  container,
  video: presetVideo(changes),
  audio: null,
});
const sound = (
  id: number,
  changes: Partial<AudioSpec>,
  container: OutputSpec['container'] = 'mp4',
): OutputSpec => ({
  id,
  container,
  video: null,
  audio: { ...presetAudio, ...changes },
});
const small = { width: 160, height: null, profile: null } as const;
const hevc = { ...small, codec: 'hevc' } as const;

let outputs: Map<number | null, TranscodeOutput>;
const fileOf = (id: number) => outputs.get(id)!.files[0]!.path;

before(async () => {
  // Noise throughout, another scene from 1.5 s on, and all of the sound in the centre.
  const film = makeClip(
    folder,
    'film.mp4',
    [
      `-f lavfi -i testsrc2=s=320x180:r=30:d=1.5 -f lavfi -i mandelbrot=s=320x180:r=30`,
      `-f lavfi -i aevalsrc=0|0|0.2*sin(2000*t)|0|0|0:c=5.1:s=48000:d=${SECONDS}`,
      `-filter_complex [0:v][1:v]concat,noise=alls=20:allf=t[v] -map [v] -map 2:a -t ${SECONDS}`,
      `${quickH264} -crf 10 -c:a aac -b:a 256k`,
    ].join(' '),
  );
  outputs = await make(folder, film, [
    only(1, hevc),
    only(2, hevc, 'hls'),
    only(3, { ...hevc, bitDepth: 10 }),
    { id: 4, container: 'hls', video: null, audio: { ...presetAudio, codec: 'mp3', bitrate: 64_000 } },
    {
      ...only(5, small, 'flv'),
      audio: { ...presetAudio, codec: 'mp3', bitrate: 64_000, sampleRate: 48_000 },
    },
    only(6, { ...small, fps: 45 }),
    only(7, { ...small, fps: 60, atMost: { fps: true } }),
    only(8, { ...small, fps: 29.97 }),
    only(9, { ...small, gop: { minMs: null, maxMs: 1000 } }),
    only(10, { ...small, gop: { minMs: 1000, maxMs: 4000 } }),
    only(11, { ...small, bitrate: 128_000, twoPass: true, profile: 'main' }),
    only(12, { ...hevc, bitrate: 128_000, twoPass: true }),
    only(13, { ...small, bitrate: 4_000_000 }),
    only(14, { ...small, bitrate: 4_000_000, denoise: true }),
    only(15, { width: null, height: 90, profile: null, bothEdges: true }),
    only(16, { width: 200, height: 100, selfAdapting: false, profile: null }),
    sound(20, {}),
    sound(21, { boostCentre: true }),
    sound(22, { resampler: 'soxr' }),
    sound(23, { channels: 1, sampleRate: 48_000, bitrate: 128_000 }),
    sound(24, { codec: 'mp3', bitrate: 64_000 }, 'flv'),
  ]);
});

const described: [id: number, what: string, expected: string][] = [
  [1, 'H.265 in MP4', 'mp4, hevc 160x90 24 yuv420p'],
  [2, 'H.265 in HLS', 'hls, hevc 160x90 24 yuv420p'],
  [3, '10 bit H.265', 'mp4, hevc 160x90 24 yuv420p10le'],
  [4, 'HLS of sound only, in MP3', 'hls, mp3 2 44100'],
  [5, 'FLV with MP3 of 48 kHz', 'flv, h264 160x90 24 yuv420p, mp3 2 48000'],
  [6, '45 frames a second', 'mp4, h264 160x90 45 yuv420p'],
  [7, 'at most 60 frames a second of a source of 30', 'mp4, h264 160x90 30 yuv420p'],
  [8, 'the frame rate of NTSC', 'mp4, h264 160x90 29.97 yuv420p'],
  [11, 'two passes of H.264', 'mp4, h264 160x90 24 yuv420p'],
  [12, 'two passes of H.265', 'mp4, hevc 160x90 24 yuv420p'],
  [15, 'the height alone', 'mp4, h264 160x90 24 yuv420p'],
  [20, 'sound only', 'mp4, aac 2 44100'],
  [23, 'mono', 'mp4, aac 1 48000'],
  [24, 'FLV of sound only', 'flv, mp3 2 44100'],
];
for (const [id, what, expected] of described) {
  test(`${what}: ${expected}`, () => {
    assert.equal(describe(outputs.get(id)), expected);
    const { durationMs } = outputs.get(id)!.info;
    assert.ok(Math.abs(durationMs - SECONDS * 1000) < 150, `${durationMs} ms`);
  });
}

test('H.265 in MP4 has the name that every player takes', () => {
  assert.equal(entries(fileOf(1), 'stream=codec_tag_string'), 'hvc1');
  assert.equal(entries(fileOf(3), 'stream=codec_tag_string,profile'), 'Main 10,hvc1');
});

test('all frames are there', () => {
  const counts = [1, 6, 7, 11].map((id) => Number(entries(fileOf(id), 'stream=nb_frames')));
  assert.deepEqual(
    counts,
    [24, 45, 30, 24].map((fps) => fps * SECONDS),
  );
});

test('a literal size is met, with pixels that keep the shape of the picture', () => {
  const { width, height, displayWidth, displayHeight } = outputs.get(16)!.info.video[0]!;
  assert.deepEqual([width, height], [200, 100]);
  assert.ok(Math.abs(displayWidth / displayHeight - 16 / 9) < 0.02, `${displayWidth}x${displayHeight}`);
});

test('key frames are no farther apart than wanted', () => {
  assert.deepEqual(keyFrames(fileOf(9)), [0, 1, 2, 3]);
});

test('between the shortest and the longest distance key frames come where the scene changes', () => {
  assert.deepEqual(keyFrames(fileOf(10)), [0, 1.5]);
});

test('two passes come close to the bitrate, and leave nothing of the first among the files', () => {
  for (const id of [11, 12]) {
    const { bitrate } = outputs.get(id)!.info.video[0]!;
    assert.ok(Math.abs(bitrate / 128_000 - 1) < 0.15, `${id}: ${bitrate} bit/s`);
  }
  const listed = [...outputs.values()].flatMap(({ files }) => files.map(({ name }) => name));
  const made = readdirSync(dirname(fileOf(11))).filter((name) => name.startsWith('f0.'));
  assert.deepEqual(made.toSorted(), listed.toSorted());
});

test('without noise there is less change from frame to frame', () => {
  assert.ok(change(fileOf(14)) < 0.8 * change(fileOf(13)), `${change(fileOf(14))} of ${change(fileOf(13))}`);
});

test('the centre that is made up for is 3 dB louder; another resampler changes no level', () => {
  const [plain, louder, soxr] = [20, 21, 22].map((id) => level(fileOf(id)));
  assert.ok(Math.abs(louder! - plain! - 3) < 0.5, `${plain} → ${louder} dB`);
  assert.ok(Math.abs(soxr! - plain!) < 0.5, `${plain} → ${soxr} dB`);
});

test('interlaced frames stay as they are only when that is wanted', async () => {
  const combed = makeClip(
    folder,
    'combed.mkv',
    `-f lavfi -i testsrc2=s=320x240:r=50:d=1 -vf tinterlace=interleave_top,fieldorder=tff -c:v libx264 -preset ultrafast -crf 10 -pix_fmt yuv420p -flags +ildct+ilme -x264opts tff=1`,
  );
  const same = { width: 'source', height: 'source', fps: 25, bitrate: 4_000_000, profile: null } as const;
  const made = await make(folder, combed, [
    only(1, same),
    only(2, { ...same, deinterlace: true }),
    only(3, { ...same, deinterlace: false }),
  ]);
  const combs = [1, 2, 3].map((id) => interlaced(made.get(id)!.files[0]!.path));
  assert.ok(combs[0]! < 8 && combs[1]! < 8 && combs[2]! > 15, `${combs}`);
});

function entries(file: string, what: string): string {
  return probe(file, '-show_entries', what).trim();
}

/** Times of all key frames, s. */
function keyFrames(file: string): number[] {
  const frames = probe(
    file,
    '-select_streams',
    'v',
    '-skip_frame',
    'nokey',
    '-show_entries',
    'frame=pts_time',
  );
  return frames.split('\n').map(parseFloat).filter(Number.isFinite);
}

/** How much luma changes from frame to frame, on average. */
function change(file: string): number {
  const log = look(file, '-vf', 'signalstats,metadata=print:key=lavfi.signalstats.YDIF');
  const values = [...log.matchAll(/YDIF=([\d.]+)/g)].map(([, value]) => Number(value));
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Mean level, dB. */
function level(file: string): number {
  return Number(/mean_volume: (-[\d.]+) dB/.exec(look(file, '-af', 'volumedetect'))?.[1]);
}

/** Frames that look combed. */
function interlaced(file: string): number {
  const counts = /Multi frame detection: TFF:\s*(\d+) BFF:\s*(\d+)/.exec(look(file, '-vf', 'idet'));
  return Number(counts?.[1]) + Number(counts?.[2]);
}

function probe(file: string, ...args: string[]): string {
  return execFileSync('ffprobe', ['-v', 'error', ...args, '-of', 'csv=p=0', file], { encoding: 'utf8' });
}

/** What ffmpeg's filters say of a file; they say it as its log. */
function look(file: string, ...filter: string[]): string {
  const args = ['-nostdin', '-v', 'info', '-i', file, ...filter, '-f', 'null', '-'];
  return execFileSync('sh', ['-c', 'exec ffmpeg "$@" 2>&1', 'ffmpeg', ...args], { encoding: 'utf8' });
}
