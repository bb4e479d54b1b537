import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PSEUDO_DEFINITIONS, REMUX_DEFINITIONS, TRANSCODE_DEFINITIONS } from './transcode.ts';

test('ids are given once', () => {
  const ids = [
    ...TRANSCODE_DEFINITIONS.map(({ id }) => id),
    ...REMUX_DEFINITIONS.map(({ id }) => id),
    ...Object.values(PSEUDO_DEFINITIONS),
  ];
  assert.equal(new Set(ids).size, ids.length);
});

test('the MP4, HLS and FLV presets of one quality have the same picture', () => {
  for (const quality of ['FLU', 'SD', 'HD', 'FHD']) {
    const [first, ...others] = TRANSCODE_DEFINITIONS.filter((preset) => preset.quality === quality);
    assert.equal(others.length, 2);
    for (const other of others) assert.deepEqual(other.video, first?.video);
  }
});

test('definition 30 is as the documents say', () => {
  assert.deepEqual(
    TRANSCODE_DEFINITIONS.find(({ id }) => id === 30),
    {
      id: 30,
      container: 'mp4',
      extension: 'mp4',
      quality: 'HD',
      video: {
        codec: 'h264',
        width: 1280,
        height: 720,
        bitrate: 1_024_000,
        profile: 'high',
        fps: 24,
        gop: 250,
      },
      audio: { codec: 'aac', bitrate: 48_000, channels: 2, sampleRate: 44_100 },
    },
  );
});
