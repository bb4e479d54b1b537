import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MediaInfo } from '../media/index.ts';
import { presetOf } from '../templates/index.ts';
import { outputSpecs, presetSpec, withoutHigherBitrate } from './definitions.ts';
import { transcodeJob } from './jobs/transcode.ts';

function source(bitrate: number): MediaInfo {
  const size = { width: 1280, height: 720, displayWidth: 1280, displayHeight: 720 };
  const colours = { pixelFormat: 'yuv420p', bitDepth: 8, hdr: false, fullRange: false };
  return {
    ...{ container: 'mp4', size: 1000, durationMs: 1000, bitrate, rotation: 0, browserPlayable: true },
    video: [
      {
        ...{ index: 0, codec: 'h264', ...size, rotation: 0, fps: 24, bitrate, ...colours },
        ...{ profile: 'High', interlaced: false, variableFrameRate: false },
      },
    ],
    audio: [],
  };
}

test('presets become what media understands', () => {
  const [mp4, hls, flv, sourceSize, remux] = [10, 240, 10046, 211, 9].map(presetSpec);
  assert.deepEqual(mp4, {
    id: 10,
    container: 'mp4',
    video: {
      ...{ codec: 'h264', width: 320, height: 240, selfAdapting: true, fps: 24, bitrate: 256_000 },
      ...{ profile: 'baseline', gopFrames: 250 },
    },
    audio: { codec: 'aac', bitrate: 48_000, channels: 2, sampleRate: 44_100 },
  });
  assert.deepEqual([hls?.container, hls?.video?.bitrate, hls?.video?.profile], ['hls', 2_500_000, 'high']);
  assert.deepEqual([flv?.container, flv?.audio?.codec], ['flv', 'mp3']);
  assert.deepEqual([sourceSize?.video?.width, sourceSize?.video?.height], ['source', 'source']);
  assert.deepEqual(remux, { id: 9, container: 'mp4', copy: true, video: null, audio: null });
  assert.deepEqual(outputSpecs([presetOf('transcode', 10)!]), [mp4]);
  assert.throws(() => presetSpec(999), /no transcode preset 999/);
});

test('a job that version 0.1 left, which kept the number alone, means the preset of that number', () => {
  const { spec } = transcodeJob.inputOf({ input: { definition: 210 } });
  assert.deepEqual(spec, presetSpec(210));
  const own = { ...presetSpec(210), id: 1_000_001 };
  const kept = transcodeJob.ask({ definition: own.id, spec: own });
  assert.deepEqual(transcodeJob.inputOf(kept), { definition: own.id, spec: own });
});

test('an 800 kbit/s source leaves 10 and 20 of 10, 20, 30, 40 when higher bitrates are disabled', () => {
  const asked = [10, 20, 30, 40].map(presetSpec);
  const left = (info: MediaInfo | null) => withoutHigherBitrate(info, asked).map(({ id }) => id);
  assert.deepEqual(left(source(800_000)), [10, 20]);
  assert.deepEqual(left(source(100_000)), []);
  assert.deepEqual(left(null), [10, 20, 30, 40], 'nothing known of it: the task will say');
  assert.deepEqual(left({ ...source(1), durationMs: 0 }), [10, 20, 30, 40], 'unfit: the task will say');
});
