import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signPlayerClaims } from '@openvod/contract/v2/signature/player-signature.ts';
import { accessOfClaims, readClaims } from './player-claims.ts';

const KEY = 'testtest';
const ISSUED = 1_700_000_000;
const base = { appId: 1250000001, fileId: '2', currentTimeStamp: ISSUED };
const read = (claims: object, second = ISSUED) =>
  readClaims(KEY, signPlayerClaims(KEY, claims), { appId: '1250000001', videoId: '2', now: second * 1000 });

test('it ends when it says; else after a day, and in the later form never', () => {
  const cases: [claims: object, lastSecond: number][] = [
    [{ ...base, expireTimeStamp: ISSUED + 60 }, ISSUED + 60],
    [base, ISSUED + 24 * 3600],
    [{ ...base, contentInfo: { audioVideoType: 'Original' } }, ISSUED + 10 ** 9],
  ];
  for (const [claims, lastSecond] of cases) assert.ok(read(claims, lastSecond));
  for (const [claims, lastSecond] of cases.slice(0, 2)) assert.equal(read(claims, lastSecond + 1), null);
});

test('it is good for its video of its application alone', () => {
  assert.ok(read({ ...base, appId: '1250000001' }));
  for (const other of [
    { appId: 1250000002 },
    { fileId: '3' },
    { fileId: 2 },
    { appId: null },
    { currentTimeStamp: '1' },
  ]) {
    assert.equal(read({ ...base, ...other }), null, JSON.stringify(other));
  }
});

test('what it says of the addresses is what they carry', () => {
  const claims = read({ ...base, urlAccessInfo: { t: '5c2b5640', exper: 60, rlimit: 3, us: '72d4cd1101' } });
  assert.deepEqual(accessOfClaims(claims!), { t: '5c2b5640', exper: '60', rlimit: '3', us: '72d4cd1101' });
  assert.deepEqual(accessOfClaims(read(base)!), {
    t: 'ffffffff',
    exper: undefined,
    rlimit: undefined,
    us: undefined,
  });
  for (const bad of [{ t: 'x' }, { rlimit: 10 }, { rlimit: 0 }, { exper: -1 }, { us: 'a&b=c' }]) {
    assert.equal(read({ ...base, urlAccessInfo: bad }), null, JSON.stringify(bad));
  }
});
