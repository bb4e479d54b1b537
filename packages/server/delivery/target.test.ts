import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseTarget } from './target.ts';

test('addresses and what they mean', () => {
  const key = 'vod1/2/f0.f210.ts';
  const cases: [string, ReturnType<typeof parseTarget>][] = [
    ['/vod1/2/f0.mp4', { key: 'vod1/2/f0.mp4', slice: null }],
    [
      '/vod1/2/snapshotByTimeOffset/a_10_0.jpg',
      { key: 'vod1/2/snapshotByTimeOffset/a_10_0.jpg', slice: null },
    ],
    ['/vod1/2/f0.mp4?t=1&sign=2', { key: 'vod1/2/f0.mp4', slice: null }],
    ['/vod1/2/f0.mp4?start=1&end=2', { key: 'vod1/2/f0.mp4', slice: null }],
    [`/${key}`, { key, slice: null }],
    [`/${key}?start=0&end=351007&type=mpegts`, { key, slice: { start: 0, end: 351_007 } }],
    [`/${key}?sign=a&type=mpegts&end=9&start=9`, { key, slice: { start: 9, end: 9 } }],
    [`/${key}?start=9&end=8`, null],
    [`/${key}?start=9`, null],
    [`/${key}?end=9`, null],
    [`/${key}?start=&end=`, null],
    [`/${key}?start=-1&end=9`, null],
    [`/${key}?start=0&end=9999999999999999`, null],
    ['/vod1/2', null],
    ['/vodx/2/f0.mp4', null],
    ['/vod1/2/', null],
    ['/vod1/2/../f0.mp4', null],
    ['/vod1/2/.hidden', null],
    ['/vod1/2/a b', null],
    ['/vod1/2/%66%30.mp4', { key: 'vod1/2/f0.mp4', slice: null }],
    ['/vod1/2/%2e%2e%2ff0.mp4', null],
    ['/vod1/2/%ff', null],
    ['http://h/vod1/2/f0.mp4', null],
  ];
  for (const [url, expected] of cases) assert.deepEqual(parseTarget(url), expected, url);
});

test('no text makes a key that leaves its folder', () => {
  const piece = fc.oneof(fc.constantFrom('/', '.', '..', '%2e', '%2f', '\\', '%00', '?', 'a'), fc.string());
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const target = parseTarget(`/vod1/2/${pieces.join('')}`);
      if (target) assert.match(target.key, /^vod1\/2\/[\w.\-/]+$/);
      if (target) assert.ok(target.key.split('/').every((segment) => /^[^.]/.test(segment)));
    }),
    { numRuns: 1000 },
  );
});
