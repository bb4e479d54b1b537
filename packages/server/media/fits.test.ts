import assert from 'node:assert/strict';
import { test } from 'node:test';
import { audioFits, videoFits } from './fits.ts';
import type { AudioStream, VideoStream } from './media-info.ts';
import { presetAudio, presetVideo } from './testing/clips.ts';
import { audioStream, videoStream } from './testing/infos.ts';

const definition = presetVideo({ width: 1280, height: 720, bitrate: 1_024_000, profile: 'main' });
const fitting: Partial<VideoStream> = {
  width: 1280,
  height: 720,
  fps: 24,
  bitrate: 1_000_000,
  profile: 'Main',
};

test('video within its definition is copied', () => {
  assert.equal(videoFits(videoStream(fitting), definition, 'mp4'), true);
  assert.equal(
    videoFits(videoStream({ ...fitting, width: 640, height: 360, fps: 12.5 }), definition, 'hls'),
    true,
  );
});

const unfit: Record<string, Partial<VideoStream>> = {
  'another codec': { codec: 'hevc' },
  'too large': { width: 1920, height: 1080 },
  'odd edges': { width: 1279, height: 719 },
  'turned on its side': { rotation: 90, displayWidth: 720, displayHeight: 1280 },
  'non-square pixels': { displayWidth: 1400 },
  'too many frames': { fps: 30 },
  'too many bits': { bitrate: 1_200_000 },
  'unknown bitrate': { bitrate: 0 },
  'a higher profile': { profile: 'High' },
  'an unknown profile': { profile: 'High 10' },
  '10 bit': { pixelFormat: 'yuv420p10le' },
  'full range': { fullRange: true },
  interlaced: { interlaced: true },
};
for (const [name, changes] of Object.entries(unfit)) {
  test(`video is encoded when it has ${name}`, () => {
    assert.equal(videoFits(videoStream({ ...fitting, ...changes }), definition, 'mp4'), false);
  });
}

test('HLS is copied only with key frames known to be close enough', () => {
  for (const keyFrameIntervalMs of [undefined, 20_000]) {
    const stream = videoStream({ ...fitting, keyFrameIntervalMs });
    assert.equal(videoFits(stream, definition, 'hls'), false);
    assert.equal(videoFits(stream, definition, 'mp4'), true);
  }
});

const sounds: [string, Partial<AudioStream>, boolean][] = [
  ['within', { bitrate: 48_000 }, true],
  ['mono', { bitrate: 40_000, channels: 1 }, true],
  ['too many bits', { bitrate: 128_000 }, false],
  ['surround', { bitrate: 48_000, channels: 6 }, false],
  ['a higher rate', { bitrate: 48_000, sampleRate: 48_000 }, false],
  ['HE-AAC', { bitrate: 48_000, profile: 'HE-AAC' }, false],
  ['another codec', { bitrate: 48_000, codec: 'mp3' }, false],
];
for (const [name, changes, expected] of sounds) {
  test(`sound ${name} is ${expected ? 'copied' : 'encoded'}`, () => {
    assert.equal(audioFits(audioStream(changes), presetAudio), expected);
  });
}
