import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyFrameInterval } from './key-frames.ts';

const packets: [string, string, number | undefined][] = [
  ['up to the last packet', '0.0,0.0,K__\n0.5,0.5,___\n1.0,1.0,K__\n3.5,3.5,___\n', 2500],
  ['however late the long one comes', `${'0,0,K__\n1,1,K__\n'.repeat(3000)}1,1,K__\n9,9,K__\n`, 8000],
  ['by decoding times where others are missing', 'N/A,0.0,K__\nN/A,2.0,___\nN/A,4.0,K__\n', 4000],
  ['of a single frame', '0.0,0.0,K__\n', 0],
  ['of which one frame has no time: unknown', '0.0,0.0,K__\nN/A,N/A,___\n', undefined],
  ['without a key frame: unknown', '0.0,0.0,___\n1.0,1.0,___\n', undefined],
  ['of nothing: unknown', '\n', undefined],
];

function longest(lines: string): number | undefined {
  const interval = keyFrameInterval();
  lines.split('\n').forEach(interval.add);
  return interval.longestMs();
}

for (const [name, lines, expected] of packets) {
  test(`the longest distance between key frames ${name}`, () => assert.equal(longest(lines), expected));
}
