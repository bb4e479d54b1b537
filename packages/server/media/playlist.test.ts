import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { extendLast, masterPlaylist, mediaPlaylist, parseSegments, segmentBandwidth } from './playlist.ts';

const fromFfmpeg = `#EXTM3U
#EXT-X-VERSION:4
#EXT-X-TARGETDURATION:10
#EXT-X-MEDIA-SEQUENCE:0
#EXT-X-PLAYLIST-TYPE:VOD
#EXTINF:10.416667,
#EXT-X-BYTERANGE:351008@0
f0.f210.ts
#EXTINF:4.166667,
#EXT-X-BYTERANGE:1880
f0.f210.ts
#EXT-X-ENDLIST
`;
const segments = [
  { durationMs: 10_417, start: 0, end: 351_007 },
  { durationMs: 4167, start: 351_008, end: 352_887 },
];

test('segments are read from byte ranges with and without an offset', () => {
  assert.deepEqual(parseSegments(fromFfmpeg), segments);
});

test('segments of a file beyond 4 GiB have their places', () => {
  const [segment] = parseSegments('#EXTINF:10.0,\n#EXT-X-BYTERANGE:1000000@50000000000\nf0.f40.ts\n');
  assert.deepEqual(segment, { durationMs: 10_000, start: 50_000_000_000, end: 50_000_999_999 });
  assert.match(mediaPlaylist('a.ts', [segment!]), /^a\.ts\?start=50000000000&end=50000999999&/m);
});

test('a rendition addresses slices of its one file', () => {
  assert.equal(
    mediaPlaylist('f0.f210.ts', segments),
    [
      '#EXTM3U',
      '#EXT-X-VERSION:3',
      '#EXT-X-TARGETDURATION:10',
      '#EXT-X-MEDIA-SEQUENCE:0',
      '#EXT-X-PLAYLIST-TYPE:VOD',
      '#EXTINF:10.417,',
      'f0.f210.ts?start=0&end=351007&type=mpegts',
      '#EXTINF:4.167,',
      'f0.f210.ts?start=351008&end=352887&type=mpegts',
      '#EXT-X-ENDLIST',
      '',
    ].join('\n'),
  );
});

test('no segment, rounded, is longer than the target duration', () => {
  const anySegment = fc.record({
    durationMs: fc.integer({ min: 1, max: 60_000 }),
    start: fc.nat(),
    end: fc.nat(),
  });
  fc.assert(
    fc.property(fc.array(anySegment), (list) => {
      const target = Number(/TARGETDURATION:(\d+)/.exec(mediaPlaylist('a.ts', list))?.[1]);
      assert.ok(target >= 1);
      for (const { durationMs } of list) assert.ok(Math.round(durationMs / 1000) <= target);
    }),
  );
});

test('the last segment lasts as long as the sound', () => {
  assert.equal(extendLast(segments, 15_000).at(-1)?.durationMs, 4583);
  assert.equal(extendLast(segments, 14_000).at(-1)?.durationMs, 4167);
  assert.deepEqual(extendLast([], 1000), []);
});

test('bandwidth: the busiest segment that lasts, and the whole', () => {
  const list = [
    { durationMs: 1000, start: 0, end: 999 },
    { durationMs: 1000, start: 1000, end: 3999 },
    { durationMs: 10, start: 4000, end: 4999 },
  ];
  assert.deepEqual(segmentBandwidth(list), { peak: 24_000, average: Math.ceil((5000 * 8 * 1000) / 2010) });
});

test('a master playlist lists renditions from the lowest bandwidth up', () => {
  const high = {
    ...{ uri: 'f0.f220.m3u8', bandwidth: 700_000, averageBandwidth: 600_000, width: 640, height: 360 },
    ...{ codecs: 'avc1.4d401e,mp4a.40.2', frameRate: 24 },
  };
  const sound = {
    uri: 'a.m3u8',
    bandwidth: 50_000,
    averageBandwidth: 48_000,
    width: 0,
    height: 0,
    codecs: '',
    frameRate: 0,
  };
  assert.equal(
    masterPlaylist([high, sound]),
    [
      '#EXTM3U',
      '#EXT-X-VERSION:3',
      '#EXT-X-STREAM-INF:BANDWIDTH=50000,AVERAGE-BANDWIDTH=48000',
      'a.m3u8',
      '#EXT-X-STREAM-INF:BANDWIDTH=700000,AVERAGE-BANDWIDTH=600000,RESOLUTION=640x360,FRAME-RATE=24.000,CODECS="avc1.4d401e,mp4a.40.2"',
      'f0.f220.m3u8',
      '',
    ].join('\n'),
  );
});
