import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parametersFrom } from './call.ts';
import { bar, clockTime, humanSize } from './format.ts';

const sizes: [number, string][] = [
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [1_234_567, '1.2 MB'],
  [999_950, '1.0 MB'],
  [250_000_000, '250 MB'],
];
for (const [bytes, text] of sizes)
  test(`${bytes} bytes read ${text}`, () => assert.equal(humanSize(bytes), text));

const times: [number, string][] = [
  [0, '0:00'],
  [59.6, '1:00'],
  [147, '2:27'],
  [3725, '1:02:05'],
];
for (const [seconds, text] of times)
  test(`${seconds} s read ${text}`, () => assert.equal(clockTime(seconds), text));

test('a bar is as long as asked, however odd the share', () => {
  for (const share of [-1, 0, 0.5, 1, 7]) assert.equal(bar(share, 10).length, 10);
});

test('only the first = separates name and value', () => {
  assert.deepEqual(parametersFrom(['fileIntro=a=b', 'tags.0=x']), { fileIntro: 'a=b', 'tags.0': 'x' });
  assert.throws(() => parametersFrom(['=x']), /name=value/);
});
