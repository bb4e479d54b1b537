import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { readPermit, signPermit, verifyContent, verifyPermit } from './upload-permit.ts';

// docs/wire/client-uploads.md
const KEY = 'sk_test_0123456789';
const TEXT =
  's=AKIDtest0001&f=tencent_test.mp4&fs=a9993e364706816aba3e25717850c26c9cd0d89d&ft=mp4&t=1547719375&e=1547805775&r=220625&uid=1234&tc=1&cid=3';
const SIGNATURE =
  '1DTqdGohH077/Z2vZpI/BQKVLcJzPUFLSUR0ZXN0MDAwMSZmPXRlbmNlbnRfdGVzdC5tcDQmZnM9YTk5OTNlMzY0NzA2ODE2YWJhM2UyNTcxNzg1MGMyNmM5Y2QwZDg5ZCZmdD1tcDQmdD0xNTQ3NzE5Mzc1JmU9MTU0NzgwNTc3NSZyPTIyMDYyNSZ1aWQ9MTIzNCZ0Yz0xJmNpZD0z';

test('the vector of the page is what we sign, and is read as it was meant', () => {
  assert.equal(signPermit(TEXT, KEY), SIGNATURE);
  const permit = readPermit(SIGNATURE)!;
  assert.ok(verifyPermit(permit, KEY));
  assert.ok(!verifyPermit(permit, 'another key'));
  assert.deepEqual(
    [permit.secretId, permit.issuedAt, permit.expiresAt, permit.parameters],
    [
      ...['AKIDtest0001', 1547719375_000, 1547805775_000],
      [
        ['fileName', 'tencent_test.mp4'],
        ['fileSha', 'a9993e364706816aba3e25717850c26c9cd0d89d'],
        ['fileType', 'mp4'],
        ['isTranscode', '1'],
        ['classId', '3'],
      ],
    ],
  );
});

test('line feeds of an old encoder, and a plus that came as a blank, change nothing', () => {
  const lines = SIGNATURE.match(/.{1,76}/g)!.join('\r\n');
  assert.ok(verifyPermit(readPermit(lines)!, KEY));
  assert.ok(verifyPermit(readPermit(SIGNATURE.match(/.{1,76}/g)!.join(' '))!, KEY));
  // One whose hash has a plus.
  for (let i = 0; ; i++) {
    const signature = signPermit(`${TEXT}&r=${i}`, KEY);
    if (!signature.includes('+')) continue;
    assert.ok(verifyPermit(readPermit(signature.replaceAll('+', ' '))!, KEY));
    break;
  }
});

test('tags come in their order, times in seconds or in milliseconds', () => {
  const permit = readPermit(
    signPermit('s=a&tag.2=%E6%B5%8B+x&tag.1=a%26b&t=1547719375123&e=1547719461523', KEY),
  )!;
  assert.deepEqual(permit.parameters, [
    ['tags.2', '测 x'],
    ['tags.1', 'a&b'],
  ]);
  assert.deepEqual([permit.issuedAt, permit.expiresAt], [1547719375123, 1547719461523]);
});

test('whatever is sent for one, it is read or it is none', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.base64String()), (text) => {
      const permit = readPermit(text);
      if (permit !== null) assert.equal(verifyPermit(permit, KEY), false);
    }),
  );
  for (const text of ['', 's=a&t=1', 's=a&e=1', 't=1&e=2', 's=a&t=x&e=2']) {
    assert.equal(readPermit(signPermit(text, KEY)), null, text);
  }
});

test('what proves a file is the hash of the page’s own example', () => {
  const key = '6367c48dd193d56ea7b0baad25b19455e529f5ee';
  const proof = Buffer.from(verifyContent(key, '7031868222808505913', 1488160264), 'base64');
  assert.equal(proof.toString('hex', 0, 20), '3329644b0598a76c6c49c597a2a73d8a5f07abe9');
  assert.equal(proof.toString('utf8', 20), 'ExpTime=1488160264&FileId=7031868222808505913');
  assert.equal(
    createHmac('sha1', key).update(proof.subarray(20)).digest('hex'),
    proof.toString('hex', 0, 20),
  );
});
