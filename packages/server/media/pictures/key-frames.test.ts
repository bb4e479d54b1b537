import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyFrameReader } from './key-frames.ts';

test('key frames are packets without flags, in the order in which they are shown, in seconds', () => {
  const reader = keyFrameReader();
  for (const line of [
    '#software: Lavf59.27.100',
    '#tb 0: 1/12800',
    '#codec_id 0: h264',
    '0,      -1024,          0,      512,    17209, 0xbfcff78e',
    '0,       -512,       1536,      512,     4659, 0xe6c81257, F=0x0',
    '0,      25600,      27136,      512,    17209, 0xbfcff78e, S=1,       21, 0x1cba031a',
    '0,      12800,      12800,      512,    17209, 0xbfcff78e',
    '0,     -12800,     -12800,      512,    17209, 0xbfcff78e',
    '0,      12800, -9223372036854775808,      512,    17209, 0xbfcff78e',
    'nonsense',
  ])
    reader.add(line);
  assert.deepEqual(reader.times(), [0, 1, 2.12]);
});
