import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type OpenGateway, openGateway } from './testing/open-gateway.ts';
import { callOf, joinSorted, type Parameters, type Sending, send, sign } from './testing/signed-calls.ts';

/** Every way in which clients are known to differ (docs/wire/calls.md, How clients differ). */
const dotted = (name: string) => name.replaceAll('_', '.');
const renamed = (parameters: Parameters, rename: (name: string) => string, keep = (_value: string) => true) =>
  Object.keys(parameters)
    .sort()
    .filter((name) => keep(parameters[name]!))
    .map((name) => `${rename(name)}=${parameters[name]}`)
    .join('&');

const noFiles = (value: string) => !value.startsWith('@');
const joins: Record<string, (parameters: Parameters) => string> = {
  'names unchanged': joinSorted,
  'sorted, then underscores replaced': (parameters) => renamed(parameters, dotted),
  'sorted, then underscores replaced but a leading one': (parameters) =>
    renamed(parameters, (name) => (name.startsWith('_') ? name : dotted(name))),
  'underscores replaced, then sorted': (parameters) =>
    joinSorted(Object.fromEntries(Object.entries(parameters).map(([name, value]) => [dotted(name), value]))),
};

let gateway: OpenGateway;
before(async () => {
  gateway = await openGateway({ config: { signedHosts: ['vod.api.qcloud.com', 'vod2.qcloud.com'] } });
});
after(() => gateway[Symbol.asyncDispose]());

const echo = (more: Parameters = {}) => callOf({ Action: 'ModifyVodInfo', fileId: '1', ...more });

async function assertVerifies(sending: Omit<Sending, 'port'>, parameters: Parameters): Promise<void> {
  const answer = await send({ port: gateway.port, ...sending }, parameters);
  assert.equal(answer.json.code, 0, answer.text);
}

for (const method of ['GET', 'POST']) {
  for (const SignatureMethod of [undefined, 'HmacSHA1', 'HmacSHA256', 'hmacsha256']) {
    test(`${method} with SignatureMethod ${SignatureMethod}`, async () => {
      await assertVerifies({ method }, echo(SignatureMethod ? { SignatureMethod } : {}));
    });
  }

  for (const [name, join] of Object.entries(joins)) {
    test(`${method} with underscores in names: ${name}`, async () => {
      const odd = { list_0_field: 'a', list_: 'b', listA: 'c', _lead_ing: 'd', 'list.1': 'e', 'list-1': 'f' };
      await assertVerifies({ method, join }, echo(odd));
    });
  }

  for (const [what, host, signedHost] of [
    ['host and port as sent', '127.0.0.1:18080', '127.0.0.1:18080'],
    ['host without the port that was sent', '127.0.0.1:18080', '127.0.0.1'],
    ['an IPv6 host without its port', '[::1]:8620', '[::1]'],
    ['the original host, sent to another', 'localhost:1', 'vod.api.qcloud.com'],
    ['the other original host', 'media.example.com', 'vod2.qcloud.com'],
    ['the original host, as sent', 'vod.api.qcloud.com', 'vod.api.qcloud.com'],
  ] as const) {
    test(`${method} signing ${what}`, () => assertVerifies({ method, host, signedHost }, echo()));
  }
}

test('POST with "@" values, signed or left out', async () => {
  const withFile = () => echo({ fileName: '@/tmp/a.mp4' });
  await assertVerifies({ method: 'POST' }, withFile());
  await assertVerifies({ method: 'POST', join: (all) => renamed(all, dotted, noFiles) }, withFile());
});

test('GET with "@" values, which must be signed', async () => {
  await assertVerifies({}, echo({ fileName: '@a' }));
  const join = (all: Parameters) => renamed(all, dotted, noFiles);
  const answer = await send({ port: gateway.port, join }, echo({ fileName: '@a' }));
  assert.equal(answer.json.code, 4100);
});

test('values with spaces, "&", "=", "+" and Chinese are signed raw', async () => {
  const fileIntro = 'a b&c=d +% 中文 \u{1F3AC}';
  for (const method of ['GET', 'POST']) {
    const answer = await send({ port: gateway.port, method }, echo({ fileIntro }));
    assert.equal((answer.json.params as Parameters).fileIntro, fileIntro);
  }
});

test('a multipart form, as the Java and .NET clients send it', async () => {
  const sending = { port: gateway.port, method: 'POST' };
  const parameters = echo({ fileIntro: 'a b 中' });
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...parameters, Signature: sign(parameters, sending) })) {
    form.append(name, value);
  }
  form.append('entityFile', new Blob([new Uint8Array(5000)]), 'a.bin');
  const encoded = new Response(form);
  const answer = await send(
    {
      ...sending,
      body: Buffer.from(await encoded.arrayBuffer()),
      headers: { 'Content-Type': encoded.headers.get('content-type')! },
    },
    parameters,
  );
  assert.equal((answer.json.params as Parameters).fileIntro, 'a b 中');
});

test('a "+" of the signature that was not encoded', async () => {
  let parameters = echo();
  const sending = { port: gateway.port };
  while (!sign(parameters, sending).includes('+')) parameters = echo();
  await assertVerifies({ signature: sign(parameters, sending).replaceAll('+', ' ') }, parameters);
});

test('small first letters of common names', async () => {
  const { Timestamp = '', Nonce = '', SecretId = '' } = callOf({});
  const parameters = {
    action: 'describeVodPlayUrls',
    fileId: '1',
    timestamp: Timestamp,
    nonce: Nonce,
    secretId: SecretId,
  };
  await assertVerifies({}, parameters);
});

for (const [what, parameters] of [
  ['a Timestamp in ms', { Timestamp: String(Date.now()) }],
  ['Nonce 0 with a long Region', { Nonce: '0', Region: 'nowhere-at-all' }],
  ['a Nonce of 19 digits and an empty Region', { Nonce: '9223372036854775807', Region: '' }],
  [
    'tags of SDKs',
    { RequestClient: 'SDK_PYTHON_2.0.15', RequestSource: 'qcloudcli_1', Version: '2017-03-12' },
  ],
  ['an empty Token and SubAppId 0', { Token: '', SubAppId: '0' }],
] as const) {
  test(`a call with ${what}`, () => assertVerifies({}, echo(parameters)));
}

describe('upload calls', () => {
  const init = () =>
    callOf({
      Action: 'InitUpload',
      fileName: 'v',
      fileSha: 'd3c537c8d0c93fc2fb6270944fc88ad7d81bc5bc',
      fileSize: '1200000',
      dataSize: '524288',
      fileType: 'mp4',
      'tag.1': '测试 1',
      contentLen: '0',
    });

  for (const [client, sending] of Object.entries<Omit<Sending, 'port'>>({
    PHP: { method: 'POST', headers: { 'Content-Type': 'application/octet-stream' } },
    Java: { method: 'POST', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } },
    'Node, chunked': { method: 'POST', headers: { 'Transfer-Encoding': 'chunked' } },
    'the documents': { method: 'GET' },
  })) {
    test(`everything comes in the query: ${client}`, async () => {
      const host = 'vod2.qcloud.com';
      const answer = await send(
        { port: gateway.port, path: '/v3/index.php', host, inQuery: true, ...sending },
        init(),
      );
      assert.equal(answer.json.code, 0, answer.text);
      assert.equal(answer.json.canRetry, 0);
      assert.deepEqual((answer.json.params as { tags: string[] }).tags, ['测试 1']);
    });
  }

  test('the same signed call may come again', async () => {
    const parameters = init();
    for (let i = 0; i < 3; i++) await assertVerifies({ method: 'POST', inQuery: true }, parameters);
  });
});
