import assert from 'node:assert/strict';
import { test } from 'node:test';
import { spriteIndex } from './web-vtt.ts';

test('each tile has a cue, which names its sheet and its place there; the last one lasts until the end', () => {
  const geometry = { width: 142, height: 80, rows: 2, columns: 2, intervalMs: 10_000, count: 6 };
  const index = spriteIndex(geometry, 3_654_321, (sheet) => `s_${sheet}.jpg`);
  const [head, ...cues] = index.split('\n\n');
  assert.equal(head, 'WEBVTT');
  assert.deepEqual(
    cues.map((cue) => cue.trim()),
    [
      '00:00:00.000 --> 00:00:10.000\ns_0.jpg#xywh=0,0,142,80',
      '00:00:10.000 --> 00:00:20.000\ns_0.jpg#xywh=142,0,142,80',
      '00:00:20.000 --> 00:00:30.000\ns_0.jpg#xywh=0,80,142,80',
      '00:00:30.000 --> 00:00:40.000\ns_0.jpg#xywh=142,80,142,80',
      '00:00:40.000 --> 00:00:50.000\ns_1.jpg#xywh=0,0,142,80',
      '00:00:50.000 --> 01:00:54.321\ns_1.jpg#xywh=142,0,142,80',
    ],
  );
});
