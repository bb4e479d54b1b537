import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Pair } from '../notation.ts';
import {
  candidates,
  hostCandidates,
  plainText,
  repairSignature,
  type SignatureMethod,
  sign,
  signatureMethodOf,
  verify,
} from './api-call.ts';

interface Vector {
  secretKey: string;
  plain: string;
  method: SignatureMethod;
  signature: string;
}

/** Documented samples, samples of SDK test suites and captured requests (docs/wire/calls.md, Test vectors). */
const VECTORS: readonly Vector[] = [
  {
    secretKey: 'Gu5t9xGARNpq86cd98joQYCN3Cozk1qA',
    plain:
      'GETcvm.api.qcloud.com/v2/index.php?Action=DescribeInstances&Nonce=11886&Region=gz&SecretId=AKIDz8krbsJ5yKBZQpn74WFkmLPx3gnPhESA&Timestamp=1465185768&instanceIds.0=ins-09dx96dg&limit=20&offset=0',
    method: 'HmacSHA1',
    signature: 'NSI3UqqD99b/UJb4tbG/xZpRW64=',
  },
  {
    secretKey: 'Gu5t9xGARNpq86cd98joQYCN3Cozk1qA',
    plain:
      'GETcvm.api.qcloud.com/v2/index.php?Action=DescribeInstances&Nonce=11886&Region=gz&SecretId=AKIDz8krbsJ5yKBZQpn74WFkmLPx3gnPhESA&SignatureMethod=HmacSHA256&Timestamp=1465185768&instanceIds.0=ins-09dx96dg&limit=20&offset=0',
    method: 'HmacSHA256',
    signature: 'PSWUwVv4TfW2sQP1FT9KbbLjIZ9bmK8f1cL6fbpf3KI=',
  },
  {
    secretKey: 'Gu5t9xGARNpq86cd98joQYCN3Cozk1qA',
    plain:
      'GETcvm.api.qcloud.com/v2/index.php?Action=DescribeInstances&InstanceIds.0=ins-09dx96dg&Nonce=11886&Region=ap-guangzhou&SecretId=AKIDz8krbsJ5yKBZQpn74WFkmLPx3gnPhESA&SignatureMethod=HmacSHA256&Timestamp=1465185768',
    method: 'HmacSHA256',
    signature: '0EEm/HtGRr/VJXTAD9tYMth1Bzm3lLHz5RCDv1GdM8s=',
  },
  {
    secretKey: 'Gu5t9xGARNpq86cd98joQYCN3Cozk1qA',
    plain:
      'GETcvm.api.qcloud.com/v2/index.php?Action=DescribeInstances&InstanceIds.0=ins-09dx96dg&Nonce=11886&Region=ap-guangzhou&SecretId=AKIDz8krbsJ5yKBZQpn74WFkmLPx3gnPhESA&SignatureMethod=HmacSHA1&Timestamp=1465185768',
    method: 'HmacSHA1',
    signature: 'nPVnY6njQmwQ8ciqbPl5Qe+Oru4=',
  },
  {
    secretKey: 'Gu5t9xGARNpq86cd98joQYCN3Cozk1qA',
    plain:
      'GETcvm.api.qcloud.com/v2/index.php?Action=DescribeInstances&Nonce=345122&Region=gz&SecretId=AKIDz8krbsJ5yKBZQpn74WFkmLPx3gnPhESA&Timestamp=1408704141',
    method: 'HmacSHA1',
    signature: 'HgIYOPcx5lN6gz8JsCFBNAWp2oQ=',
  },
  {
    secretKey: 'secretKeyBar',
    plain:
      'POSTcvm.api.qcloud.com/v2/index.php?Action=DescribeInstances&Nonce=1290303896666895346&Region=ap-guangzhou&SecretId=secretIdFoo&SignatureMethod=HmacSHA1&Timestamp=1512393162&Version=2017-03-12',
    method: 'HmacSHA1',
    signature: 'p3n+pxBqF5JGZtDSxoVn5tGngf0=',
  },
  {
    secretKey: 'secretKeyBar',
    plain:
      'POSTcvm.api.qcloud.com/v2/index.php?Action=DescribeInstances&Nonce=1290303896666895346&Region=ap-guangzhou&SecretId=secretIdFoo&SignatureMethod=HmacSHA256&Timestamp=1512393162&Version=2017-03-12',
    method: 'HmacSHA256',
    signature: 'B2T37FRSP6Fk0/q/cdfrTE0p3zX5ooB/2BPWZUFpsj4=',
  },
  {
    secretKey: 'secretKeyBar',
    plain:
      'GETcvm.api.qcloud.com/v2/index.php?Action=DescribeInstances&Nonce=1290303896666895346&Region=ap-guangzhou&SecretId=secretIdFoo&SignatureMethod=HmacSHA1&Timestamp=1512393162&Version=2017-03-12',
    method: 'HmacSHA1',
    signature: '5HAq1BOKNLEE2/uauWnp6Zv9Z3c=',
  },
  {
    secretKey: 'sk_test_0123456789',
    plain:
      'POSTvod2.qcloud.com/v3/index.php?Action=InitUpload&Nonce=402808&Region=gz&RequestClient=SDK_PHP_1.4&SecretId=AKIDtest0001&Timestamp=1795369757&classId=3&contentLen=0&dataSize=524288&fileName=v&fileSha=d3c537c8d0c93fc2fb6270944fc88ad7d81bc5bc&fileSize=1200000&fileType=mp4&isScreenshot=0&isTranscode=1&isWatermark=0&name=v.mp4&tag.1=测试 1',
    method: 'HmacSHA1',
    signature: 'LOCAolJAng9JiTzY4sow388y7ZY=',
  },
  {
    secretKey: 'sk_test_0123456789',
    plain:
      'POSTvod.api.qcloud.com/v2/index.php?Action=ModifyVodInfo&Nonce=5081355556682759021&Region=gz&SecretId=AKIDtest0001&SignatureMethod=HmacSHA256&Timestamp=1547719375&fileDesc=a b&c=d 中文&fileId=9031868222807461771&tags.0=x',
    method: 'HmacSHA256',
    signature: 'oTKxDBRHCoiAOztk0gV4ELTbz+llHnjQAC/gVT3GP0U=',
  },
];

for (const { secretKey, plain, method, signature } of VECTORS) {
  test(`vector ${signature} is signed, rebuilt and verified`, () => {
    assert.equal(sign(secretKey, plain, method), signature);
    const { host, call } = callOf(plain);
    assert.equal(plainText(host, call), plain);
    assert.ok(verify(secretKey, signature, method, candidates([host], call)));
    assert.ok(!verify(`${secretKey}x`, signature, method, candidates([host], call)));
  });
}

const HOST = 'vod.api.qcloud.com';
const PATH = '/v2/index.php';
const PAIRS: readonly Pair[] = [
  ['Action', 'A'],
  ['Signature', 'left out'],
  ['Zed', '1'],
  ['_lead_ing', '2'],
  ['a_b', '3'],
  ['a.c', '4'],
  ['aB', '@file'],
];

/** What each client makes of PAIRS on POST, from its own rules. */
const CLIENTS: [client: string, joined: string][] = [
  ['php and node: sorted raw, a leading underscore stays', 'Action=A&Zed=1&_lead_ing=2&a.c=4&a.b=3'],
  ['qcloudcli and java: sorted raw, every underscore replaced', 'Action=A&Zed=1&.lead.ing=2&a.c=4&a.b=3'],
  ['python: replaced, then sorted', '.lead.ing=2&Action=A&Zed=1&a.b=3&a.c=4'],
  ['dotnet: file markers kept', 'Action=A&Zed=1&.lead.ing=2&a.c=4&aB=@file&a.b=3'],
  ['v4 upload clients: nothing replaced, markers kept', 'Action=A&Zed=1&_lead_ing=2&a.c=4&aB=@file&a_b=3'],
];

for (const [client, joined] of CLIENTS) {
  test(`accepted as signed by ${client}`, () => {
    const call = { method: 'POST', path: PATH, pairs: PAIRS };
    const signature = sign('key', `POST${HOST}${PATH}?${joined}`, 'HmacSHA1');
    assert.ok(verify('key', signature, 'HmacSHA1', candidates([HOST], call)));
  });
}

test('file markers are signed on GET', () => {
  const call = { method: 'GET', path: PATH, pairs: [['a', '@b']] as Pair[] };
  assert.deepEqual(candidates([HOST], call), [`GET${HOST}${PATH}?a=@b`]);
});

test('a call without underscores and file markers has one candidate a host', () => {
  const call = { method: 'POST', path: PATH, pairs: PAIRS.slice(0, 3) };
  assert.equal(candidates([HOST], call).length, 1);
  assert.equal(candidates([HOST, 'localhost'], call).length, 2);
});

test('hosts are tried as received, without port, then the configured ones, each once', () => {
  assert.deepEqual(hostCandidates('127.0.0.1:18080', [HOST]), ['127.0.0.1:18080', '127.0.0.1', HOST]);
  assert.deepEqual(hostCandidates(HOST, [HOST]), [HOST]);
  assert.deepEqual(hostCandidates('[::1]:80', []), ['[::1]:80', '[::1]']);
});

test('only the exact name selects SHA-256', () => {
  assert.equal(signatureMethodOf('HmacSHA256'), 'HmacSHA256');
  for (const other of [undefined, '', 'hmacsha256', 'HmacSHA1', 'SHA256']) {
    assert.equal(signatureMethodOf(other), 'HmacSHA1');
  }
});

test('a plus sign that became a space is put back', () => {
  const { secretKey, plain, method, signature } = VECTORS[0] as Vector;
  assert.ok(plain !== '' && verify(secretKey, repairSignature(signature), method, [plain]));
  assert.equal(repairSignature('a b/c='), 'a+b/c=');
});

test('no other spelling of a valid signature is accepted, so that it can serve as replay key', () => {
  const plain = 'GETh/?a=1';
  const signature = sign('key', plain);
  for (const other of [`${signature}=`, ` ${signature}`, signature.replace('=', ''), '', 'x']) {
    assert.ok(!verify('key', other, 'HmacSHA1', [plain]), other);
  }
});

test('what our client signs is always among the candidates', () => {
  const name = fc.stringMatching(/^[A-Za-z_.0-9]{1,12}$/);
  const pairs = fc.uniqueArray(fc.tuple(name, fc.string()), { selector: ([key]) => key });
  fc.assert(
    fc.property(pairs, fc.constantFrom('GET', 'POST'), (given, method) => {
      const call = { method, path: PATH, pairs: given };
      assert.ok(candidates([HOST], call).includes(plainText(HOST, call)));
    }),
  );
});

function callOf(plain: string) {
  const [, method = '', host = '', path = '', query = ''] =
    /^(GET|POST)([^/]+)([^?]+)\?(.*)$/.exec(plain) ?? [];
  // One vector has `&c=` inside a value; the names of parameters are longer than that.
  const pairs = query.split(/&(?=[A-Za-z][A-Za-z.0-9]+=)/).map((part): Pair => {
    const equals = part.indexOf('=');
    return [part.slice(0, equals), part.slice(equals + 1)];
  });
  return { host, call: { method, path, pairs: pairs.toReversed() } };
}
