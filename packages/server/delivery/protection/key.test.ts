import assert from 'node:assert/strict';
import { test } from 'node:test';
import { playSignature, signedQuery } from '@openvod/contract/v2/signature/play-address.ts';
import fc from 'fast-check';
import { foldersOf, type Signed, signedOf, TOLERANCE_MS, whyNot } from './key.ts';

/** All that are known (docs/wire/delivery.md, Key protection). */
const VECTORS: [key: string, url: string][] = [
  [
    '24FEQmTzro4V5u3D5epW',
    '/dir1/dir2/myVideo.mp4?t=5a71afc0&us=72d4cd1101&sign=3d8488faeb37d52d6bf63b63c1b171c3',
  ],
  [
    '24FEQmTzro4V5u3D5epW',
    '/dir1/dir2/myVideo.mp4?t=5a71afc0&rlimit=3&us=72d4cd1101&sign=c5214f0d5961b13acd558b4957c4dfc5',
  ],
  [
    '24FEQmTzro4V5u3D5epW',
    '/dir1/dir2/myVideo.mp4?t=5a71afc0&exper=300&us=72d4cd1101&sign=547d98c4b91e81b5ea55c95cef63223f',
  ],
  [
    'testtest',
    '/4394a0devodtranscq1500012416/d811753f387702299667618135/adp.11.m3u8?t=75356B80&us=72d4cd1101&sign=73558bdac4a3ea43913806201ba0315b',
  ],
];

function judge(key: string, url: string, now: number): string | null {
  const signed = signedOf(url);
  return typeof signed === 'string' ? signed : whyNot(key, url.split('?', 1)[0]!, signed, now);
}

for (const [key, url] of VECTORS) {
  test(`${url} plays until its time and five minutes are over`, () => {
    const { endsAt } = signedOf(url) as Signed;
    assert.equal(judge(key, url, endsAt), null);
    assert.equal(judge(key, url, endsAt + TOLERANCE_MS), null);
    assert.equal(judge(key, url, endsAt + TOLERANCE_MS + 1), 'its time is over');
    assert.equal(judge(`${key}x`, url, endsAt), 'its signature is wrong');
    assert.equal(judge(key, url.replace('us=7', 'us=8'), endsAt), 'its signature is wrong');
    assert.equal(judge(key, url.replace(/dir2|d811/, 'x'), endsAt), 'its signature is wrong');
    assert.equal(judge(key, url.replace('t=', 'exper=7&t='), endsAt), 'its signature is wrong');
    // Another file of the folder, and parameters in any order, among others.
    const [path, query = ''] = url.split('?');
    const turned = query.split('&').reverse().join('&');
    assert.equal(judge(key, `${path!.replace(/[^/]+$/, 'v.ts')}?start=0&${turned}&end=9`, endsAt), null);
    assert.equal(
      judge(
        key,
        url.replace(/sign=\w+/, (sign) => sign.toUpperCase().replace('SIGN', 'sign')),
        endsAt,
      ),
      null,
    );
  });
}

test('what cannot be a signed address says why', () => {
  const sign = 'sign=3d8488faeb37d52d6bf63b63c1b171c3';
  const cases: [query: string, reason: string][] = [
    ['', 'it is not signed'],
    ['?t=5a71afc0', 'it is not signed'],
    [`?${sign}`, 'it is not signed'],
    [`?t=&${sign}`, 't is no time'],
    [`?t=5a71afcg&${sign}`, 't is no time'],
    [`?t=123456789012&${sign}`, 't is no time'],
    ['?t=5a71afc0&sign=3d84', 'sign is no signature'],
    [`?t=5a71afc0&exper=-1&${sign}`, 'exper is no number of seconds'],
    [`?t=5a71afc0&exper=1.5&${sign}`, 'exper is no number of seconds'],
    [`?t=5a71afc0&rlimit=0&${sign}`, 'rlimit is no number from 1 to 9'],
    [`?t=5a71afc0&rlimit=10&${sign}`, 'rlimit is no number from 1 to 9'],
    [`?t=5a71afc0&us=${'x'.repeat(257)}&${sign}`, 'us is too long'],
  ];
  for (const [query, reason] of cases) assert.equal(signedOf(`/a/b.mp4${query}`), reason, query);
});

test('the first of two parameters counts, for the signature and for what it allows', () => {
  const query = signedQuery('testtest', '/vod1/2/', { t: 'ffffffff', exper: '30' });
  const url = `/vod1/2/f0.mp4?${query}&exper=0&exper=`;
  assert.equal(judge('testtest', url, 0), null);
  assert.equal((signedOf(url) as Signed).previewSeconds, 30);
  assert.equal(judge('testtest', `/vod1/2/f0.mp4?exper=0&${query}`, 0), 'its signature is wrong');
});

test('the folder of a video is good for all below it, that of a run for the run alone', () => {
  assert.deepEqual(foldersOf('/vod1/2/f0.mp4'), ['/vod1/2/']);
  assert.deepEqual(foldersOf('/vod1/2/0123456789ab-1/f0.f10.ts'), ['/vod1/2/', '/vod1/2/0123456789ab-1/']);
  assert.deepEqual(foldersOf('/vod1/%32/f0.mp4'), ['/vod1/%32/', '/vod1/2/']);
  assert.deepEqual(foldersOf('/vod1/%/f0.mp4'), ['/vod1/%/']);
});

test('texts are signed as they stand in the query; those who sign them before they are encoded play, too', () => {
  for (const us of ['a%20b', 'a b']) {
    const sign = playSignature('testtest', '/vod1/2/', { t: 'ffffffff', us });
    assert.equal(judge('testtest', `/vod1/2/f0.mp4?t=ffffffff&us=a%20b&sign=${sign}`, 0), null);
  }
});

test('no query plays without the key, whatever it is made of', () => {
  const piece = fc.oneof(
    fc.constantFrom('t=', 'sign=', 'exper=', 'rlimit=', 'us=', '&', '=', 'ffffffff', '3', '%'),
    fc.string(),
    fc.stringMatching(/^[0-9a-f]{32}$/),
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      assert.notEqual(judge('testtest', `/vod1/2/f0.mp4?${pieces.join('')}`, 0), null);
    }),
    { numRuns: 1000 },
  );
});
