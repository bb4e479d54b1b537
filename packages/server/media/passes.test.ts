import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstPassOf, passesOf } from './passes.ts';
import type { TranscodePlan } from './plan.ts';

const encode = {
  width: 640,
  height: 360,
  fps: 24,
  bitrate: 500_000,
  codec: 'h264',
  profile: 'high',
  bitDepth: 8,
  gopFrames: 240,
  minGopFrames: null,
  deinterlace: 'asNeeded',
  denoise: false,
  twoPass: false,
} as const;
const sound = { codec: 'aac', bitrate: 48_000, channels: 2, sampleRate: 44_100 } as const;
const plan: TranscodePlan = {
  source: { video: null, audio: null, durationMs: 1000 },
  video: [
    { kind: 'encode', ...encode },
    { kind: 'copy', container: 'mp4' },
    { kind: 'copy', container: 'hls' },
  ],
  audio: [
    { kind: 'copy', container: 'mp4' },
    { kind: 'encode', ...sound },
    { kind: 'copy', container: 'hls' },
  ],
  outputs: [
    { definition: 10, container: 'mp4', video: 0, audio: 1 },
    { definition: 20, container: 'mp4', video: 1, audio: 0 },
    { definition: 30, container: 'mp4', video: 1, audio: 1 },
    { definition: 220, container: 'hls', video: 2, audio: 2 },
    { definition: 40, container: 'mp4', video: null, audio: 0 },
  ],
  skipped: [],
  alignKeyFrames: false,
  masterPlaylist: false,
};
const definitions = (passes: TranscodePlan[]) =>
  passes.map(({ outputs }) => outputs.map(({ definition }) => definition));

test('copies come first, each pass with the tracks that it uses', () => {
  const [copies, encodes] = passesOf(plan);
  assert.deepEqual(definitions([copies!, encodes!]), [
    [20, 220, 40],
    [10, 30],
  ]);
  assert.deepEqual([copies!.video, copies!.audio], [plan.video.slice(1), [plan.audio[0], plan.audio[2]]]);
  assert.deepEqual(
    copies!.outputs.map(({ video, audio }) => [video, audio]),
    [
      [0, 0],
      [1, 1],
      [null, 0],
    ],
  );
  assert.deepEqual([encodes!.video, encodes!.audio], [plan.video.slice(0, 2), [plan.audio[1]]]);
});

test('what a master playlist lists is made in one pass', () => {
  const passes = passesOf({ ...plan, masterPlaylist: true });
  assert.deepEqual(definitions(passes), [
    [20, 40],
    [10, 30, 220],
  ]);
  assert.deepEqual(
    passes.map(({ masterPlaylist }) => masterPlaylist),
    [false, true],
  );
});

test('a plan of one kind is one pass, an empty one none', () => {
  assert.deepEqual(definitions(passesOf({ ...plan, outputs: plan.outputs.slice(0, 1) })), [[10]]);
  assert.deepEqual(definitions(passesOf({ ...plan, outputs: plan.outputs.slice(1, 2) })), [[20]]);
  assert.deepEqual(passesOf({ ...plan, outputs: [] }), []);
});

test('only what takes two passes is looked at first, unless its key frames depend on the others', () => {
  assert.equal(firstPassOf(plan), null);
  const other = { kind: 'encode', ...encode } as const;
  const twice = { ...other, width: 320, height: 180, twoPass: true } as const;
  const both = { ...plan, video: [other, twice, ...plan.video.slice(1)] };
  const first = firstPassOf(both)!;
  assert.deepEqual([first.video, first.audio, first.outputs], [[twice], [], []]);
  assert.deepEqual(firstPassOf({ ...both, alignKeyFrames: true })!.video, [other, twice]);
});
