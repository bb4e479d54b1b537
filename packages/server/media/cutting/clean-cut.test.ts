import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cleanBeginning, endsCleanly, type Packet } from './clean-cut.ts';

/** Packets in the order of decoding, as "K0 120 40 80": a K before key frames. */
function packets(text: string): Packet[] {
  return text.split(' ').map((word) => ({
    isKey: word.startsWith('K'),
    shownMs: Number(word.replace('K', '')),
  }));
}

test('a copy begins with the first frame from a time on, if that is a key frame that nothing is shown before', () => {
  const closed = packets('K0 120 40 80 K160 280 200 240');
  const open = packets('K0 120 40 80 K240 160 200 280');
  const cases: [Packet[], number, number | null][] = [
    [closed, 160, 160],
    [closed, 122, 160],
    [closed, 161, 160],
    [closed, 120, null],
    [closed, 200, null],
    [closed, 1000, null],
    [open, 240, null],
    [open, 130, null],
    [[], 0, null],
  ];
  for (const [stream, atMs, expected] of cases)
    assert.equal(cleanBeginning(stream, atMs), expected, `${atMs}`);
});

test('a copy ends where no frame before needs one after', () => {
  const stream = packets('K0 120 40 80 K160 280 200 240 K320 360');
  const clean = [160, 320, 40, 80, 283, 359].map((atMs) => endsCleanly(stream, atMs));
  assert.deepEqual(clean, [true, true, true, false, true, true]);
  assert.equal(endsCleanly(stream, 100), false);
  assert.equal(endsCleanly(stream, 1000), false, 'nothing is known of what comes there');
});
