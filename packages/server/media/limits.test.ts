import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stallTimeoutMs, transcodeTimeoutMs } from './limits.ts';

const HOUR = 3_600_000;

test('a transcode may take longer the longer the film and the slower the preset', () => {
  const presets = ['ultrafast', 'veryfast', 'medium', 'slow', 'slower', 'veryslow', 'placebo'] as const;
  const limits = presets.map((preset) => transcodeTimeoutMs(HOUR, preset));
  assert.deepEqual(
    limits,
    limits.toSorted((a, b) => a - b),
  );
  assert.ok(limits[0]! > 30 * HOUR && limits.at(-1)! > limits[0]!);
  assert.ok(transcodeTimeoutMs(2 * HOUR, 'veryfast') > transcodeTimeoutMs(HOUR, 'veryfast'));
  assert.ok(transcodeTimeoutMs(0, 'veryfast') > stallTimeoutMs(0));
  assert.ok(stallTimeoutMs(HOUR) > stallTimeoutMs(0));
});
