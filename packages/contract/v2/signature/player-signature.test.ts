import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { playerSignature, readPlayerSignature, signPlayerClaims } from './player-signature.ts';

const HEAD = 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9';
/** docs/wire/delivery.md, Player signature. */
const VECTORS: [key: string, payload: string, mac: string][] = [
  [
    '24FEQmTzro4V5u3D5epW',
    'eyJhcHBJZCI6MTI1NTU2NjY1NSwiZmlsZUlkIjoiNDU2NDk3MjgxODUxOTYwMjQ0NyIsImN1cnJlbnRUaW1lU3RhbXAiOjE1NDYzNDA0MDAsImV4cGlyZVRpbWVTdGFtcCI6MTU0NjM0NDAwMCwidXJsQWNjZXNzSW5mbyI6eyJ0IjoiNWMyYjU2NDAiLCJybGltaXQiOjMsInVzIjoiNzJkNGNkMTEwMSJ9fQ',
    'TRdfy-ctQFRDJzknfKsT0di5tEaweAVumOgxsA8Qd-8',
  ],
  [
    'testtest',
    'eyJhcHBJZCI6MTUwMDAxMjQxNiwiZmlsZUlkIjoiMzg3NzAyMjk5NjY3NjE4MTM1IiwiY3VycmVudFRpbWVTdGFtcCI6MTY1MDg4NjE1NiwiZXhwaXJlVGltZVN0YW1wIjoxOTY2NDM1MjAwLCJ1cmxBY2Nlc3NJbmZvIjp7InQiOiI3NTM1NkI4MCIsInVzIjoiNzJkNGNkMTEwMSJ9LCJwY2ZnIjoiYWR2YW5jZURybVByZXNldCJ9',
    'kkyOyscuV3WIlFV0IFPsPPWomZEcuNGclaBzpEO8DEg',
  ],
];

for (const [key, payload, mac] of VECTORS) {
  test(`vector ${mac}`, () => {
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const token = `${HEAD}.${payload}.${mac}`;
    assert.equal(signPlayerClaims(key, claims), token);
    assert.deepEqual(readPlayerSignature(key, token), claims);
    assert.equal(readPlayerSignature(`${key}x`, token), null);
    assert.equal(readPlayerSignature(key, `${token}.x`), null);
    assert.equal(readPlayerSignature(key, `${HEAD}.${payload}.`), null);
  });
}

test('only the algorithm that was checked counts', () => {
  const key = 'testtest';
  const [, payload = ''] = signPlayerClaims(key, { appId: 1 }).split('.');
  const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`;
  assert.equal(readPlayerSignature(key, none), null);
});

test('what the SDK signs says what it was told', () => {
  const terms = { key: 'testtest', appId: '1250000001', fileId: '2', expiresAt: new Date(2_000_000_000_000) };
  const read = readPlayerSignature(
    'testtest',
    playerSignature({ ...terms, previewSeconds: 30, viewers: 3, unique: 'a' }),
  );
  const { currentTimeStamp, ...claims } = read as Record<string, unknown>;
  assert.equal(typeof currentTimeStamp, 'number');
  assert.deepEqual(claims, {
    ...{ appId: 1250000001, fileId: '2', expireTimeStamp: 2_000_000_000 },
    urlAccessInfo: { t: '77359400', exper: 30, rlimit: 3, us: 'a' },
  });
  for (const bad of [
    { previewSeconds: 29 },
    { viewers: 10 },
    { unique: 'a b' },
    { expiresAt: new Date(Number.NaN) },
  ]) {
    assert.throws(() => playerSignature({ ...terms, ...bad }), RangeError);
  }
});

test('no text is taken for a signature', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constantFrom('.', HEAD, 'e30'), fc.string())), (pieces) => {
      assert.equal(readPlayerSignature('testtest', pieces.join('')), null);
    }),
  );
});
