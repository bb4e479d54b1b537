import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { TranscodeDefinition } from './definitions.ts';
import { MAX_PIXELS } from './input.ts';
import type { MediaInfo } from './media-info.ts';
import { type PlanOptions, planTranscode, type TranscodePlan } from './plan.ts';
import { presetAudio, presets, presetVideo } from './testing/clips.ts';
import { audioStream, mediaInfo, videoStream } from './testing/infos.ts';

const soundOnly: TranscodeDefinition = { id: 1001, container: 'mp4', video: null, audio: presetAudio };

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

test('what fits is copied, the rest encoded', () => {
  const video = [videoStream({ width: 640, height: 360, fps: 24, bitrate: 500_000, profile: 'Main' })];
  const plan = planTranscode(mediaInfo({ video }), presets(10, 20));
  assert.deepEqual(pictures(plan), ['320x180', 'copy']);
  assert.equal(plan.audio[0]?.kind, 'encode');
});

test('aligned key frames rule out copies', () => {
  const video = [videoStream({ width: 640, height: 360, fps: 24, bitrate: 500_000, profile: 'Main' })];
  const plan = planTranscode(mediaInfo({ video }), presets(210, 220), { masterPlaylist: true });
  assert.deepEqual(pictures(plan), ['640x360', '320x180']);
  assert.equal(plan.alignKeyFrames, true);
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
  assert.deepEqual(plan.skipped, [{ definition: 30, reason: 'higher-bitrate', code: null }]);
  assert.deepEqual(
    planTranscode(mediaInfo({ video }), presets(30), { disableHigherBitrate: true }).outputs,
    [],
  );
});

test('a source without sound gives silent outputs', () => {
  const plan = planTranscode(mediaInfo({ audio: [] }), [...presets(10), soundOnly]);
  assert.deepEqual(plan.outputs, [{ definition: 10, container: 'mp4', video: 0, audio: null }]);
  assert.deepEqual(plan.skipped, [{ definition: 1001, reason: 'no-audio', code: -47401 }]);
});

test('a source without picture gives what is sound only', () => {
  const plan = planTranscode(mediaInfo({ video: [] }), [...presets(210), soundOnly]);
  assert.deepEqual(plan.outputs, [{ definition: 1001, container: 'mp4', video: null, audio: 0 }]);
  assert.deepEqual(plan.skipped, [{ definition: 210, reason: 'no-video', code: -47402 }]);
});

test('changing the container copies everything that the container can hold', () => {
  const plan = planTranscode(mediaInfo(), presets(9, 6));
  assert.deepEqual(pictures(plan), ['copy', 'copy']);
  const vp8 = mediaInfo({ video: [videoStream({ codec: 'vp8' })] });
  assert.throws(() => planTranscode(vp8, presets(6)), { code: -47102 });
});

const unfit: [string, Partial<MediaInfo>, TranscodeDefinition[], number][] = [
  ['no streams', { video: [], audio: [] }, presets(10), -47400],
  ['duration 0', { durationMs: 0 }, presets(10), -47200],
  ['shorter than 10 ms', { durationMs: 9 }, presets(10), -47104],
  ['longer than a week', { durationMs: 604_800_001 }, presets(10), -47104],
  ['no picture for a picture', { video: [] }, presets(10), -47402],
  ['no sound for sound', { audio: [] }, [soundOnly], -47401],
  [
    'a picture of absurd size',
    { video: [videoStream({ width: 65_000, height: 65_000 })] },
    presets(10),
    -47403,
  ],
];
for (const [name, changes, definitions, code] of unfit) {
  test(`refuses a source with ${name}`, () => {
    assert.throws(() => planTranscode(mediaInfo(changes), definitions), { name: 'MediaError', code });
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
const anyDefinition: fc.Arbitrary<TranscodeDefinition> = fc.record({
  id: fc.integer({ min: 1, max: 12 }),
  container: fc.constantFrom('mp4', 'hls', 'flv'),
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
});

test('whatever is asked: each definition is made or accounted for, no picture twice, none enlarged', () => {
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
          assert.ok(encode.width <= source!.displayWidth && encode.height <= source!.displayHeight);
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
