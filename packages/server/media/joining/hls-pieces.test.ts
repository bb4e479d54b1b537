import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mediaPlaylist } from '../playlist.ts';
import { joinedPlaylist, segmentsOf, segmentsWithin } from './hls-pieces.ts';

const segments = [
  { durationMs: 4000, start: 0, end: 99 },
  { durationMs: 4000, start: 100, end: 149 },
  { durationMs: 2000, start: 150, end: 199 },
];

test('segments are read back as they were written', () => {
  assert.deepEqual(segmentsOf(mediaPlaylist('1f-2/f0.f6.ts', segments)), segments);
});

test('a stretch has every segment that shows something of it, and no other', () => {
  const cases: [number, number, number[]][] = [
    [0, 10_000, [0, 100, 150]],
    [4000, 8000, [100]],
    [3999, 8001, [0, 100, 150]],
    [5000, 6000, [100]],
    [9000, 10_000, [150]],
  ];
  for (const [startMs, endMs, starts] of cases) {
    const found = segmentsWithin(segments, { startMs, endMs }).map(({ start }) => start);
    assert.deepEqual(found, starts, `${startMs} to ${endMs}`);
  }
});

test('pieces lie one after the other in their file, and a discontinuity is between them', () => {
  const playlist = joinedPlaylist('f0.ts', [segments.slice(1), segments.slice(0, 1)]);
  assert.deepEqual(segmentsOf(playlist), [
    { durationMs: 4000, start: 0, end: 49 },
    { durationMs: 2000, start: 50, end: 99 },
    { durationMs: 4000, start: 100, end: 199, isBreak: true },
  ]);
  const again = joinedPlaylist('f0.ts', [segmentsOf(playlist).slice(1), segments]);
  assert.deepEqual(
    segmentsOf(again).map(({ isBreak = false }) => isBreak),
    [false, true, true, false, false],
  );
  assert.match(playlist, /end=99&type=mpegts\n#EXT-X-DISCONTINUITY\n#EXTINF:4\.000/);
  assert.match(playlist, /^#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:4\n/);
});
