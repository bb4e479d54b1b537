import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type PlayAccess, playSignature, signedQuery, signPlayUrl } from './play-address.ts';

/** docs/wire/delivery.md, Key protection: all that are known. */
const VECTORS: [key: string, folder: string, access: PlayAccess, sign: string][] = [
  [
    '24FEQmTzro4V5u3D5epW',
    '/dir1/dir2/',
    { t: '5a71afc0', us: '72d4cd1101' },
    '3d8488faeb37d52d6bf63b63c1b171c3',
  ],
  [
    '24FEQmTzro4V5u3D5epW',
    '/dir1/dir2/',
    { t: '5a71afc0', rlimit: '3', us: '72d4cd1101' },
    'c5214f0d5961b13acd558b4957c4dfc5',
  ],
  [
    '24FEQmTzro4V5u3D5epW',
    '/dir1/dir2/',
    { t: '5a71afc0', exper: '300', us: '72d4cd1101' },
    '547d98c4b91e81b5ea55c95cef63223f',
  ],
  [
    'testtest',
    '/4394a0devodtranscq1500012416/d811753f387702299667618135/',
    { t: '75356B80', us: '72d4cd1101' },
    '73558bdac4a3ea43913806201ba0315b',
  ],
];

for (const [key, folder, access, sign] of VECTORS) {
  test(`vector ${sign}`, () => {
    assert.equal(playSignature(key, folder, access), sign);
    assert.ok(signedQuery(key, folder, access).endsWith(`&sign=${sign}`));
  });
}

test('an address is signed in the order of the documents, and keeps what it says beside', () => {
  const terms = {
    key: '24FEQmTzro4V5u3D5epW',
    expiresAt: new Date(0x5a71afc0 * 1000),
    unique: '72d4cd1101',
  };
  const bare = 'http://example.vod2.myqcloud.com/dir1/dir2/myVideo.mp4';
  const signed = `${bare}?t=5a71afc0&us=72d4cd1101&sign=3d8488faeb37d52d6bf63b63c1b171c3`;
  assert.equal(signPlayUrl(bare, terms), signed);
  assert.equal(signPlayUrl(signed, terms), signed);
  assert.equal(
    signPlayUrl(bare, { ...terms, viewers: 3 }),
    `${bare}?t=5a71afc0&rlimit=3&us=72d4cd1101&sign=c5214f0d5961b13acd558b4957c4dfc5`,
  );
  assert.equal(
    signPlayUrl(bare, { ...terms, previewSeconds: 300 }),
    `${bare}?t=5a71afc0&exper=300&us=72d4cd1101&sign=547d98c4b91e81b5ea55c95cef63223f`,
  );
  assert.match(signPlayUrl(`${bare}?a=b`, terms), /\?a=b&t=5a71afc0&us=/);
  assert.notEqual(signPlayUrl(bare, { ...terms, unique: undefined as never }), signed);
});

test('terms that no address can have are refused', () => {
  const good = { key: 'testtest', expiresAt: new Date() };
  for (const bad of [
    { previewSeconds: 29 },
    { previewSeconds: 30.5 },
    { viewers: 0 },
    { viewers: 10 },
    { expiresAt: new Date(Number.NaN) },
  ]) {
    assert.throws(() => signPlayUrl('http://a/b/c.mp4', { ...good, ...bad }), RangeError);
  }
  assert.throws(() => signPlayUrl('c.mp4', good), TypeError);
});
