import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { appIdOf, parseTarget } from './target.ts';

test('addresses and what they mean', () => {
  const at = (name: string, run: string | null = null) => ({
    appId: '1',
    videoId: '2',
    run,
    name,
    slice: null,
  });
  const ts = '/vod1/2/f0.f210.ts';
  const segments = at('f0.f210.ts');
  const cases: [string, ReturnType<typeof parseTarget>][] = [
    ['/vod1/2/f0.mp4', at('f0.mp4')],
    ['/vod1/2/snapshotByTimeOffset/a_10_0.jpg', at('snapshotByTimeOffset/a_10_0.jpg')],
    ['/vod1/2/f0.mp4?t=1&sign=2', at('f0.mp4')],
    ['/vod1/2/f0.mp4?start=1&end=2', at('f0.mp4')],
    [ts, segments],
    [`${ts}?start=0&end=351007&type=mpegts`, { ...segments, slice: { start: 0, end: 351_007 } }],
    [`${ts}?sign=a&type=mpegts&end=9&start=9`, { ...segments, slice: { start: 9, end: 9 } }],
    [`${ts}?start=9&end=8`, null],
    [`${ts}?start=9`, null],
    [`${ts}?end=9`, null],
    [`${ts}?start=&end=`, null],
    [`${ts}?start=-1&end=9`, null],
    [`${ts}?start=0&end=9999999999999999`, null],
    ['/vod1/2/0123456789ab-12/f0.f210.ts', at('f0.f210.ts', '0123456789ab-12')],
    ['/vod1/2/0123456789ab-x/f0.mp4', at('0123456789ab-x/f0.mp4')],
    ['/vod1/2/0123456789ab-1', at('0123456789ab-1')],
    ['/vod1/2', null],
    ['/vodx/2/f0.mp4', null],
    ['/vod1/2/', null],
    ['/vod1/2/../f0.mp4', null],
    ['/vod1/2/.hidden', null],
    ['/vod1/2/a b', null],
    ['/vod1/2/%66%30.mp4', at('f0.mp4')],
    ['/vod1/2/%2e%2e%2ff0.mp4', null],
    ['/vod1/2/%ff', null],
    ['http://h/vod1/2/f0.mp4', null],
  ];
  for (const [url, expected] of cases) assert.deepEqual(parseTarget(url), expected, url);
});

test('the application of an address is that of its target, in every spelling', () => {
  for (const url of ['/vod1/2/f0.mp4', '/vod%31/2/f0.mp4?a=/vod3/', '/%76od1/2/f0.m%704', '/vod1/%32/x']) {
    assert.equal(appIdOf(url), '1', url);
  }
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('/', 'vod1', '%2f', '%31', '2', 'f0.mp4', '%', '?'), { maxLength: 8 }),
      (pieces) => {
        const url = `/${pieces.join('')}`;
        const target = parseTarget(url);
        if (target) assert.equal(appIdOf(url), target.appId);
      },
    ),
  );
});

test('no text makes a key that leaves its folder', () => {
  const piece = fc.oneof(fc.constantFrom('/', '.', '..', '%2e', '%2f', '\\', '%00', '?', 'a'), fc.string());
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const target = parseTarget(`/vod1/2/${pieces.join('')}`);
      if (target) assert.match(target.name, /^[\w.\-/]+$/);
      if (target) assert.ok(target.name.split('/').every((segment) => /^[^.]/.test(segment)));
    }),
    { numRuns: 1000 },
  );
});
