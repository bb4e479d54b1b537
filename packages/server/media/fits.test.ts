import assert from 'node:assert/strict';
import { test } from 'node:test';
import { audioFits, type CopyWhenFits, videoFits } from './fits.ts';
import type { AudioStream, VideoStream } from './media-info.ts';
import { type Container, PACKAGINGS, packagingOf } from './packaging/index.ts';
import { presetAudio, presetVideo } from './testing/clips.ts';
import { audioStream, videoStream } from './testing/infos.ts';

/** 250 frames from key frame to key frame: 10.4 s. */
const spec = presetVideo({ width: 1280, height: 720, bitrate: 1_024_000, profile: 'main' });
const exact: Partial<VideoStream> = {
  ...{ width: 1280, height: 720, fps: 24, bitrate: 1_000_000, profile: 'Main', keyFrameIntervalMs: 2000 },
};

function fits(
  changes: Partial<VideoStream>,
  copyWhenFits: CopyWhenFits,
  { container = 'mp4' as Container, upscale = false } = {},
): boolean {
  const options = { copyWhenFits, upscale };
  return videoFits(videoStream({ ...exact, ...changes }), spec, packagingOf(container), options);
}

/** What is copied: strictly, loosely. */
const pictures: [string, Partial<VideoStream>, strict: boolean, loose: boolean][] = [
  ['is all the definition says', {}, true, true],
  ['has a lower profile', { profile: 'Constrained Baseline' }, true, true],
  ['has a higher profile', { profile: 'High' }, false, false],
  ['has an unknown profile', { profile: 'High 10' }, false, false],
  ['has exactly the bitrate', { bitrate: 1_024_000 }, true, true],
  ['has a slightly higher bitrate', { bitrate: 1_024_001 }, false, true],
  ['has too many bits', { bitrate: 1_200_000 }, false, false],
  ['has an unknown bitrate', { bitrate: 0 }, false, false],
  ['has the frame rate of cinema', { fps: 23.976 }, true, true],
  ['has fewer frames', { fps: 23.8 }, false, true],
  ['has far fewer frames', { fps: 12.5 }, false, true],
  ['has more frames', { fps: 25 }, false, false],
  ['has an unknown frame rate', { fps: 0 }, false, false],
  ['has a variable frame rate', { variableFrameRate: true }, false, true],
  ['has key frames exactly as far apart as allowed', { keyFrameIntervalMs: 10_417 }, true, true],
  ['has key frames too far apart', { keyFrameIntervalMs: 10_459 }, false, true],
  ['has its key frames nobody knows where', { keyFrameIntervalMs: undefined }, false, true],
  ['is smaller', { width: 640, height: 360 }, true, true],
  ['is too large', { width: 1920, height: 1080 }, false, false],
  ['has odd edges', { width: 1279, height: 719 }, false, false],
  ['is turned on its side', { rotation: 90, displayWidth: 720, displayHeight: 1280 }, false, false],
  ['has non-square pixels', { displayWidth: 1400 }, false, false],
  ['has another codec', { codec: 'hevc' }, false, false],
  ['has 10 bit', { pixelFormat: 'yuv420p10le' }, false, false],
  ['has 4:4:4', { pixelFormat: 'yuv444p' }, false, false],
  ['has full range', { fullRange: true }, false, false],
  ['is HDR', { hdr: true }, false, false],
  ['is interlaced', { interlaced: true }, false, false],
];
for (const [name, changes, strict, loose] of pictures) {
  test(`video that ${name} is copied: strictly ${strict}, loosely ${loose}, never`, () => {
    assert.deepEqual([fits(changes, 'strict'), fits(changes, 'loose')], [strict, loose]);
    assert.equal(fits(changes, 'never'), false);
  });
}

test('a smaller video does not fit where it would be scaled up', () => {
  for (const mode of ['strict', 'loose'] as const) {
    assert.equal(fits({ width: 640, height: 360 }, mode, { upscale: true }), false);
    assert.equal(fits({}, mode, { upscale: true }), true);
  }
});

test('H.265 fits where H.265 is wanted, of the same depth; noise is never copied away', () => {
  const hevc = { codec: 'hevc', profile: 'Main', pixelFormat: 'yuv420p' };
  const deep = { codec: 'hevc', profile: 'Main 10', pixelFormat: 'yuv420p10le' };
  const cases: [Partial<VideoStream>, changes: Parameters<typeof presetVideo>[0], boolean][] = [
    [hevc, { codec: 'hevc' }, true],
    [{}, { codec: 'hevc' }, false],
    [hevc, {}, false],
    [deep, { codec: 'hevc' }, false],
    [deep, { codec: 'hevc', bitDepth: 10 }, true],
    [hevc, { codec: 'hevc', bitDepth: 10 }, false],
    [{}, { denoise: true }, false],
    [{}, { twoPass: true }, true],
  ];
  for (const [stream, changes, expected] of cases) {
    const wanted = { ...spec, ...changes };
    const options = { copyWhenFits: 'strict', upscale: false } as const;
    const found = videoFits(videoStream({ ...exact, ...stream }), wanted, packagingOf('mp4'), options);
    assert.equal(found, expected, JSON.stringify([stream, changes]));
  }
});

test('where a container must be cut, key frames have to be known and close enough', () => {
  for (const { name, longestKeyFrameIntervalMs } of PACKAGINGS) {
    const isCut = longestKeyFrameIntervalMs !== null;
    for (const keyFrameIntervalMs of [undefined, 20_000]) {
      assert.equal(fits({ keyFrameIntervalMs }, 'loose', { container: name }), !isCut, name);
    }
    assert.equal(fits({}, 'loose', { container: name }), true, name);
  }
});

const sounds: [string, Partial<AudioStream>, strict: boolean, loose: boolean][] = [
  ['as the definition says', {}, true, true],
  ['of less bitrate', { bitrate: 32_000 }, true, true],
  ['of a slightly higher bitrate', { bitrate: 49_000 }, false, true],
  ['of too many bits', { bitrate: 128_000 }, false, false],
  ['of unknown bitrate', { bitrate: 0 }, false, false],
  ['in mono', { channels: 1 }, false, true],
  ['all around', { channels: 6 }, false, false],
  ['of a lower rate', { sampleRate: 22_050 }, false, true],
  ['of a higher rate', { sampleRate: 48_000 }, false, false],
  ['in HE-AAC', { profile: 'HE-AAC' }, false, false],
  ['of another codec', { codec: 'mp3' }, false, false],
];
for (const [name, changes, strict, loose] of sounds) {
  test(`sound ${name} is copied: strictly ${strict}, loosely ${loose}, never`, () => {
    const stream = audioStream({ bitrate: 48_000, ...changes });
    const modes = ['strict', 'loose', 'never'] as const;
    assert.deepEqual(
      modes.map((mode) => audioFits(stream, presetAudio, mode)),
      [strict, loose, false],
    );
  });
}
