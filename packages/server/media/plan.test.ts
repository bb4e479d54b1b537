import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { MAX_PIXELS } from './input.ts';
import type { MediaInfo } from './media-info.ts';
import type { OutputSpec } from './output-spec.ts';
import { PACKAGINGS } from './packaging/index.ts';
import { type PlanOptions, planTranscode, type TranscodePlan } from './plan.ts';
import { presetAudio, presets, presetVideo } from './testing/clips.ts';
import { audioStream, mediaInfo, videoStream } from './testing/infos.ts';

const soundOnly: OutputSpec = { id: 1001, container: 'mp4', video: null, audio: presetAudio };

function pictures(plan: TranscodePlan): string[] {
  return plan.video.map((track) => (track.kind === 'copy' ? 'copy' : `${track.width}x${track.height}`));
}

test('a ladder is encoded once for each distinct picture, the largest first', () => {
  const plan = planTranscode(mediaInfo(), presets(10, 20, 30, 210, 220, 230, 240));
  assert.deepEqual(pictures(plan), ['1920x1080', '1280x720', '640x360', '320x180']);
  assert.equal(plan.audio.length, 1);
  const trackOf = (id: number) => plan.outputs.find((output) => output.definition === id)?.video;
  assert.equal(trackOf(30), trackOf(230));
  assert.equal(trackOf(10), 3);
});

test('a definition asked for twice is made once', () => {
  assert.equal(planTranscode(mediaInfo(), presets(20, 20)).outputs.length, 1);
});

const fitting = videoStream({
  ...{ width: 640, height: 360, fps: 24, bitrate: 500_000, profile: 'Main' },
});

test('what fits is copied, the rest encoded', () => {
  const plan = planTranscode(mediaInfo({ video: [fitting] }), presets(10, 20));
  assert.deepEqual(pictures(plan), ['320x180', 'copy']);
  assert.equal(plan.audio[0]?.kind, 'encode');
});

test('a stream that is merely good enough is copied only when that is wished', () => {
  const info = mediaInfo({ video: [{ ...fitting, fps: 12.5 }] });
  const planned = (options: PlanOptions) => pictures(planTranscode(info, presets(20), options));
  assert.deepEqual(planned({}), ['640x360']);
  assert.deepEqual(planned({ copyWhenFits: 'loose' }), ['copy']);
  assert.deepEqual(planned({ copyWhenFits: 'never' }), ['640x360']);
});

test('never to copy leaves alone what only changes the container', () => {
  const plan = planTranscode(mediaInfo({ video: [fitting] }), presets(9, 20), { copyWhenFits: 'never' });
  assert.deepEqual(pictures(plan), ['640x360', 'copy']);
});

test('a master playlist changes nothing about the renditions', () => {
  const info = mediaInfo({ video: [fitting] });
  const { masterPlaylist, ...beside } = planTranscode(info, presets(210, 220), { masterPlaylist: true });
  const { masterPlaylist: none, ...alone } = planTranscode(info, presets(210, 220));
  assert.deepEqual([masterPlaylist, none], [true, false]);
  assert.deepEqual(beside, alone);
});

test('key frames that are to be aligned rule out copies of video, save those into another container', () => {
  const plan = planTranscode(mediaInfo({ video: [fitting] }), presets(210, 220, 6), { alignKeyFrames: true });
  assert.deepEqual(pictures(plan), ['640x360', '320x180', 'copy']);
  assert.equal(plan.alignKeyFrames, true);
});

test('smaller sources are scaled up on demand', () => {
  const info = mediaInfo({ video: [videoStream({ width: 640, height: 480 })] });
  assert.deepEqual(pictures(planTranscode(info, presets(30))), ['640x480']);
  assert.deepEqual(pictures(planTranscode(info, presets(30), { upscale: true })), ['1280x960']);
});

test('a master playlist needs an HLS output', () => {
  assert.equal(planTranscode(mediaInfo(), presets(20), { masterPlaylist: true }).masterPlaylist, false);
  assert.equal(planTranscode(mediaInfo(), presets(220), { masterPlaylist: true }).masterPlaylist, true);
});

test('disableHigherBitrate leaves out definitions above the source, even all of them', () => {
  const video = [videoStream({ bitrate: 600_000 })];
  const plan = planTranscode(mediaInfo({ video }), presets(10, 20, 30), { disableHigherBitrate: true });
  assert.deepEqual(
    plan.outputs.map((output) => output.definition),
    [10, 20],
  );
  const message = "the bitrate wanted is above the source's";
  assert.deepEqual(plan.skipped, [{ definition: 30, reason: 'higher-bitrate', message }]);
  assert.deepEqual(
    planTranscode(mediaInfo({ video }), presets(30), { disableHigherBitrate: true }).outputs,
    [],
  );
});

test('a source without sound gives silent outputs', () => {
  const plan = planTranscode(mediaInfo({ audio: [] }), [...presets(10), soundOnly]);
  assert.deepEqual(plan.outputs, [{ definition: 10, container: 'mp4', video: 0, audio: null }]);
  assert.deepEqual(plan.skipped, [
    { definition: 1001, reason: 'no-audio', message: 'the file has no sound' },
  ]);
});

test('a source without picture gives what is sound only', () => {
  const plan = planTranscode(mediaInfo({ video: [] }), [...presets(210), soundOnly]);
  assert.deepEqual(plan.outputs, [{ definition: 1001, container: 'mp4', video: null, audio: 0 }]);
  assert.deepEqual(plan.skipped, [{ definition: 210, reason: 'no-video', message: 'the file has no video' }]);
});

test('changing the container copies everything that the container can hold', () => {
  const plan = planTranscode(mediaInfo(), presets(9, 6));
  assert.deepEqual(pictures(plan), ['copy', 'copy']);
  const vp8 = mediaInfo({ video: [videoStream({ codec: 'vp8' })] });
  assert.throws(() => planTranscode(vp8, presets(6)), {
    ...{ stage: 'source', reason: 'codec-not-in-container', message: 'vp8 cannot be copied into HLS' },
  });
});

test('a picture is copied turned only where somebody can say that it is', () => {
  const turned = (codec: string) => mediaInfo({ video: [videoStream({ codec, rotation: 90 })] });
  assert.deepEqual(pictures(planTranscode(turned('h264'), presets(9, 6))), ['copy', 'copy']);
  const plan = planTranscode(turned('hevc'), presets(9, 6));
  assert.deepEqual(plan.skipped, [
    {
      definition: 6,
      reason: 'rotation-not-in-container',
      message: 'the picture is turned by 90 degrees, which a copy of hevc in HLS cannot say',
    },
  ]);
});

const unfit: [string, Partial<MediaInfo>, OutputSpec[], string, RegExp][] = [
  ['no streams', { video: [], audio: [] }, presets(10), 'no-streams', /neither video nor sound/],
  ['duration 0', { durationMs: 0 }, presets(10), 'duration-zero', /no duration/],
  ['shorter than 10 ms', { durationMs: 9 }, presets(10), 'duration-out-of-range', /lasts 0.009 s/],
  [
    'longer than a week',
    { durationMs: 604_800_001 },
    presets(10),
    'duration-out-of-range',
    /lasts 604800.001 s/,
  ],
  ['no picture for a picture', { video: [] }, presets(10), 'no-video', /the file has no video/],
  ['no sound for sound', { audio: [] }, [soundOnly], 'no-audio', /the file has no sound/],
  [
    'a picture of absurd size',
    { video: [videoStream({ width: 65_000, height: 65_000 })] },
    presets(10),
    'picture-too-large',
    /65000 × 65000 px/,
  ],
];
for (const [name, changes, specs, reason, message] of unfit) {
  test(`refuses a source with ${name}`, () => {
    assert.throws(() => planTranscode(mediaInfo(changes), specs), {
      ...{ name: 'MediaError', stage: 'source', reason, message },
    });
  });
}

const edge = fc.integer({ min: 16, max: 4096 });
const anyInfo = fc
  .record({
    width: edge,
    height: edge,
    bitrate: fc.integer({ min: 1, max: 20_000_000 }),
    fps: fc.constantFrom(10, 24, 60),
  })
  .chain((changes) =>
    fc
      .constantFrom(true, false)
      .map((sound) => mediaInfo({ video: [videoStream(changes)], audio: sound ? [audioStream()] : [] })),
  );
const anyDefinition: fc.Arbitrary<OutputSpec> = fc.record({
  id: fc.integer({ min: 1, max: 12 }),
  container: fc.constantFrom(...PACKAGINGS.map(({ name }) => name)),
  video: fc
    .record({
      width: fc.constantFrom<(number | 'source')[]>('source', 320, 640, 1280),
      bitrate: fc.constantFrom(256_000, 512_000),
      profile: fc.constantFrom('baseline', 'main', 'high', null),
      fps: fc.constantFrom(24, 25),
    })
    .map((changes) => presetVideo({ ...changes, height: null })),
  audio: fc.constantFrom(null, presetAudio),
});
const anyOptions: fc.Arbitrary<PlanOptions> = fc.record({
  disableHigherBitrate: fc.boolean(),
  alignKeyFrames: fc.boolean(),
  masterPlaylist: fc.boolean(),
  copyWhenFits: fc.constantFrom('strict', 'loose', 'never'),
  upscale: fc.boolean(),
});

test('whatever is asked: each definition is made or accounted for, no picture twice, none enlarged unasked', () => {
  fc.assert(
    fc.property(
      anyInfo,
      fc.array(anyDefinition, { minLength: 1 }),
      anyOptions,
      (info, definitions, options) => {
        const plan = planTranscode(info, definitions, options);
        const ids = [...plan.outputs, ...plan.skipped].map((entry) => entry.definition);
        assert.deepEqual(ids.toSorted(), [...new Set(definitions.map((d) => d.id))].toSorted());

        const [source] = info.video;
        const encodes = plan.video.filter((track) => track.kind === 'encode');
        assert.equal(new Set(encodes.map((track) => JSON.stringify(track))).size, encodes.length);
        for (const encode of encodes) {
          const isEnlarged = encode.width > source!.displayWidth || encode.height > source!.displayHeight;
          assert.ok(options.upscale || !isEnlarged);
          assert.equal((encode.width % 2) + (encode.height % 2), 0);
          assert.ok(encode.width * encode.height <= MAX_PIXELS);
        }
        // Nothing is made that no output uses.
        const used = new Set(plan.outputs.map((output) => output.video));
        assert.deepEqual(
          [...used].toSorted(),
          plan.video.map((_, i) => i),
        );
      },
    ),
  );
});
