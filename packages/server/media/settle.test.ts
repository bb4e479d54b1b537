import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { VideoStream } from './media-info.ts';
import type { AudioSpec } from './output-spec.ts';
import { settledAudio, settledVideo } from './settle.ts';
import { presetAudio, presetVideo } from './testing/clips.ts';
import { audioStream, videoStream } from './testing/infos.ts';

const bounds: [
  string,
  Partial<VideoStream>,
  Parameters<typeof presetVideo>[0],
  Parameters<typeof presetVideo>[0],
][] = [
  ['figures are taken as they are', {}, { fps: 60, bitrate: 9_000_000 }, { fps: 60, bitrate: 9_000_000 }],
  ['a bound brings down what is above it', {}, { fps: 25, bitrate: 512_000 }, { fps: 25, bitrate: 512_000 }],
  [
    'a bound leaves alone what is below it',
    {},
    { fps: 60, bitrate: 9_000_000 },
    { fps: 30, bitrate: 8_000_000 },
  ],
  [
    'of an unknown source it is the figure',
    { fps: 0, bitrate: 0 },
    { fps: 60, bitrate: 900_000 },
    { fps: 60, bitrate: 900_000 },
  ],
  [
    'absurd sources are no reason for absurd films',
    { fps: 0.01, bitrate: 7 },
    {},
    { fps: 1, bitrate: 10_000 },
  ],
];
for (const [i, [name, source, wanted, expected]] of bounds.entries()) {
  test(`at most: ${name}`, () => {
    const atMost = i === 0 ? {} : { fps: true, bitrate: true };
    const { fps, bitrate } = settledVideo(presetVideo({ ...wanted, atMost }), videoStream(source));
    assert.deepEqual({ fps, bitrate }, { fps: expected?.fps, bitrate: expected?.bitrate });
  });
}

const distances: [
  string,
  minMs: number | null,
  maxMs: number | null,
  gop: number,
  min: number | undefined,
][] = [
  ['nothing said of either end', null, null, 250, undefined],
  ['the longest alone: fixed times', null, 2000, 50, undefined],
  ['both: where scenes change', 1000, 4000, 100, 25],
  ['the shortest alone', 2000, null, 250, 50],
  ['the shortest alone, as long as what is usual: fixed times', 10_000, null, 250, undefined],
  ['both the same: fixed times', 3000, 3000, 75, undefined],
  ['a shortest that is more than half of the longest: fixed times', 3000, 5000, 125, undefined],
];
for (const [name, minMs, maxMs, gopFrames, minGopFrames] of distances) {
  test(`key frames, ${name}`, () => {
    const settled = settledVideo(presetVideo({ fps: 25, gop: { minMs, maxMs } }), videoStream());
    assert.deepEqual([settled.gopFrames, settled.minGopFrames], [gopFrames, minGopFrames]);
  });
}

test('of a source with fewer frames a second the same time is fewer frames', () => {
  const spec = presetVideo({ fps: 60, atMost: { fps: true }, gop: { minMs: null, maxMs: 2000 } });
  assert.equal(settledVideo(spec, videoStream({ fps: 30 })).gopFrames, 60);
});

test('a bound on the sampling rate is met by a rate that the container has a place for', () => {
  const cases: [
    source: number,
    AudioSpec['codec'],
    'mp4' | 'flv',
    wanted: 44_100 | 48_000,
    expected: number,
  ][] = [
    [44_100, 'aac', 'mp4', 48_000, 44_100],
    [96_000, 'aac', 'mp4', 48_000, 48_000],
    [32_000, 'aac', 'mp4', 48_000, 32_000],
    [32_000, 'mp3', 'flv', 48_000, 22_050],
    [32_000, 'aac', 'flv', 48_000, 32_000],
    [8000, 'mp3', 'flv', 44_100, 11_025],
    [0, 'aac', 'mp4', 48_000, 48_000],
  ];
  for (const [rate, codec, container, sampleRate, expected] of cases) {
    const spec: AudioSpec = { ...presetAudio, codec, sampleRate, atMost: { sampleRate: true } };
    assert.equal(settledAudio(spec, audioStream({ sampleRate: rate }), container).sampleRate, expected);
    const figure = settledAudio({ ...spec, atMost: {} }, audioStream({ sampleRate: rate }), container);
    assert.equal(figure.sampleRate, sampleRate);
  }
});

test('a bound on the bitrate of sound', () => {
  const settled = (bitrate: number, isBound: boolean) =>
    settledAudio({ ...presetAudio, atMost: { bitrate: isBound } }, audioStream({ bitrate }), 'mp4').bitrate;
  assert.deepEqual(
    [settled(32_000, true), settled(128_000, true), settled(0, true)],
    [32_000, 48_000, 48_000],
  );
  assert.equal(settled(32_000, false), 48_000);
});
