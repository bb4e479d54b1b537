import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { pino } from 'pino';
import { FILE_IDS } from './testing/fake-actions.ts';
import { KEY, type OpenGateway, openGateway } from './testing/open-gateway.ts';
import {
  type Answer,
  callOf,
  encode,
  type Parameters,
  request,
  type Sending,
  send,
  sign,
} from './testing/signed-calls.ts';

let gateway: OpenGateway;
let port: number;
before(async () => {
  gateway = await openGateway({ config: { limits: { formTimeoutMs: 200, uploadIdleMs: 200 } } });
  port = gateway.port;
});
after(() => gateway[Symbol.asyncDispose]());

const call = (more: Parameters = {}) => callOf({ Action: 'DescribeVodPlayUrls', fileId: '1', ...more });
const without = (name: string, parameters: Parameters) => {
  const { [name]: _, ...rest } = parameters;
  return rest;
};
const seconds = (ms: number) => String(Math.floor(ms / 1000));

interface Refusal {
  sending?: Omit<Sending, 'port'>;
  parameters?: Parameters;
  code: number;
  names: RegExp;
}

const refusals: Record<string, Refusal> = {
  'no Action': { parameters: without('Action', call()), code: 4000, names: /^Action is required/ },
  'an empty Action': { parameters: call({ Action: '' }), code: 4000, names: /^Action is required/ },
  'an unknown Action': {
    parameters: call({ Action: 'FlyToTheMoon' }),
    code: 4000,
    names: /^Action FlyToTheMoon/,
  },
  'an Action of the prototype': { parameters: call({ Action: 'constructor' }), code: 4000, names: /Action/ },
  'an Action not offered': {
    parameters: call({ Action: 'GetVodTask' }),
    code: 6100,
    names: /GetVodTask is not offered/,
  },
  'an Action of a draft': {
    parameters: call({ Action: 'SetWaitingTask' }),
    code: 6100,
    names: /SetWaitingTask.*never released/,
  },
  'an Action known by name alone': {
    parameters: call({ Action: 'DescribeScreenShot' }),
    code: 6100,
    names: /DescribeScreenShot is not offered: what is known/,
  },
  'an Action without a handler': { parameters: call({ Action: 'RedoTask' }), code: 6100, names: /RedoTask/ },
  'no Timestamp': { parameters: without('Timestamp', call()), code: 4000, names: /^Timestamp is required/ },
  'no Nonce': { parameters: without('Nonce', call()), code: 4000, names: /^Nonce is required/ },
  'no SecretId': { parameters: without('SecretId', call()), code: 4000, names: /^SecretId is required/ },
  'no Signature': { sending: { signature: null }, code: 4000, names: /^Signature is required/ },
  'nothing but an Action': {
    sending: { signature: null },
    parameters: { Action: 'DescribeVodPlayUrls' },
    code: 4000,
    names: /^Timestamp, Nonce, SecretId, Signature are required/,
  },
  'a Timestamp of words': { parameters: call({ Timestamp: 'now' }), code: 4000, names: /^Timestamp/ },
  'a negative Timestamp': { parameters: call({ Timestamp: '-1' }), code: 4000, names: /^Timestamp/ },
  'a Nonce of words': { parameters: call({ Nonce: 'x' }), code: 4000, names: /^Nonce/ },
  'an unknown SecretId': { parameters: call({ SecretId: 'AKIDnobody' }), code: 4104, names: /^SecretId/ },
  'a wrong Signature': { sending: { secretKey: 'another' }, code: 4100, names: /^Signature/ },
  'a Signature of the wrong length': { sending: { signature: 'eA==' }, code: 4100, names: /^Signature/ },
  'a Token': { parameters: call({ Token: 'x' }), code: 4105, names: /^Token/ },
  'a Timestamp long ago': {
    parameters: call({ Timestamp: seconds(Date.now() - 7_300_000) }),
    code: 4500,
    names: /^Timestamp/,
  },
  'a Timestamp to come': {
    parameters: call({ Timestamp: seconds(Date.now() + 7_300_000) }),
    code: 4500,
    names: /^Timestamp/,
  },
  "another account's SubAppId": { parameters: call({ SubAppId: '42' }), code: 4000, names: /^SubAppId/ },
  'a missing parameter': { parameters: without('fileId', call()), code: 4000, names: /^fileId is required/ },
  'a parameter of the wrong type': {
    parameters: call({ fileId: '', 'fileId.0': '1' }),
    code: 4000,
    names: /^fileId/,
  },
  'too many parameters': {
    sending: { method: 'POST' },
    parameters: call(Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`x${i}`, '']))),
    code: 4000,
    names: /too many parameters/,
  },
  'a name nested too deeply': {
    parameters: call({ 'a.b.c.d.e.f.g.h.i.j.k': '1' }),
    code: 4000,
    names: /nested/,
  },
  'a POST whose parameters are in the query': {
    sending: { method: 'POST', inQuery: true },
    code: 4000,
    names: /Action .*body/,
  },
  'a POST of JSON': {
    sending: { method: 'POST', body: '{"Action":"DescribeVodPlayUrls"}' },
    code: 4000,
    names: /Action .*form/,
  },
  PUT: { sending: { method: 'PUT' }, code: 4000, names: /^method PUT/ },
  DELETE: { sending: { method: 'DELETE' }, code: 4000, names: /^method DELETE/ },
  PATCH: { sending: { method: 'PATCH' }, code: 4000, names: /^method PATCH/ },
  'an oversized body': {
    sending: { method: 'POST', body: Buffer.alloc(1_048_577, 'a') },
    code: 4000,
    names: /body .*1048576/,
  },
  'an oversized chunked body': {
    sending: {
      method: 'POST',
      body: Buffer.alloc(3_000_000, 'a'),
      headers: { 'Transfer-Encoding': 'chunked' },
    },
    code: 4000,
    names: /body .*1048576/,
  },
  'a bad multipart body': {
    sending: { method: 'POST', body: 'x', headers: { 'Content-Type': 'multipart/form-data' } },
    code: 4000,
    names: /multipart/,
  },
  'a Content-Type that is none': {
    sending: { method: 'POST', body: 'x', headers: { 'Content-Type': ';;;' } },
    code: 4000,
    names: /Action/,
  },
  "the upload's host": { sending: { host: 'vod2.qcloud.com' }, code: 6100, names: /vod\.api\.qcloud\.com/ },
  'an error of the action': { parameters: call({ fileId: FILE_IDS.missing }), code: 10008, names: /fileId/ },
};

for (const [what, { sending, parameters = call(), code, names }] of Object.entries(refusals)) {
  test(`${what} answers ${code}`, async () => {
    const answer = await send({ port, ...sending }, parameters);
    assert.equal(answer.status, 200);
    assert.equal(answer.json.code, code, answer.text);
    assert.match(answer.json.message, names);
    assert.notEqual(answer.json.codeDesc, 'Success');
    assert.equal('canRetry' in answer.json, false);
  });
}

const md5 = (text: string) => createHash('md5').update(text).digest('hex');
const part = (more: Parameters = {}) =>
  callOf({
    Action: 'UploadPart',
    fileSha: 'a'.repeat(40),
    offset: '0',
    dataSize: '5',
    dataMd5: md5('hello'),
    ...more,
  });
const post = { method: 'POST', inQuery: true, body: 'hello' };

const uploadRefusals: Record<string, Refusal & { canRetry?: number }> = {
  'no Nonce': { parameters: without('Nonce', part()), code: -10001, names: /^Nonce/ },
  'a Timestamp long ago': { parameters: part({ Timestamp: '1' }), code: -10001, names: /^Timestamp/ },
  'a SubAppId of nobody': { parameters: part({ SubAppId: '42' }), code: -10001, names: /^SubAppId/ },
  'the wrong method': { sending: { method: 'GET', body: null }, code: -10001, names: /^method GET.*POST/ },
  'an Action in the body': {
    sending: { inQuery: false, body: encode(part()) },
    code: -10001,
    names: /^Action/,
  },
  'a wrong Signature': { sending: { secretKey: 'x' }, code: -10002, names: /^Signature/ },
  'an unknown SecretId': { parameters: part({ SecretId: 'x' }), code: -10002, names: /^SecretId/ },
  'a missing parameter': { parameters: without('dataMd5', part()), code: -10003, names: /^dataMd5/ },
  'a parameter of the wrong type': { parameters: part({ offset: 'x' }), code: -10003, names: /^offset/ },
  'an error of the action': { sending: { body: 'hallo' }, code: -10006, names: /dataMd5/ },
  "the text API's host": {
    sending: { host: 'vod.api.qcloud.com' },
    code: -10001,
    names: /vod2\.qcloud\.com/,
  },
  'a call not offered': { parameters: part({ Action: 'InitUploadEx' }), code: -10001, names: /InitUploadEx/ },
};

for (const [what, { sending, parameters = part(), code, names, canRetry = 0 }] of Object.entries(
  uploadRefusals,
)) {
  test(`upload: ${what} answers ${code}`, async () => {
    const answer = await send({ port, ...post, ...sending }, parameters);
    assert.equal(answer.json.code, code, answer.text);
    assert.match(answer.json.message, names);
    assert.equal(answer.json.canRetry, canRetry);
  });
}

test('client upload calls that are not offered carry data, which an old client reads first', async () => {
  const headers = { 'Content-Type': 'application/json' };
  const path = '/v3/index.php?Action=ApplyUploadUGC';
  const answer = await request({ port, method: 'POST' }, path, headers, '{"signature":"x"}');
  assert.equal(answer.json.code, 6100);
  assert.deepEqual(answer.json.data, {});
});

describe('broken encoding', () => {
  for (const [what, text] of [
    ['not UTF-8', 'fileIntro=%D6%D0'],
    ['a broken percent-escape', 'fileIntro=100%'],
    ['a NUL', 'fileIntro=%00'],
  ] as const) {
    test(`${what} in the query names the parameter`, async () => {
      const parameters = callOf({ Action: 'ModifyVodInfo', fileId: '1' });
      const { json } = await request({ port }, `/v2/index.php?${encode(parameters)}&${text}`);
      assert.deepEqual([json.code, json.message.startsWith('fileIntro ')], [4000, true]);
    });
    test(`${what} in a form names the parameter`, async () => {
      const body = `${encode(callOf({ Action: 'ModifyVodInfo', fileId: '1' }))}&${text}`;
      const { json } = await request({ port, method: 'POST' }, '/v2/index.php', {}, body);
      assert.deepEqual([json.code, json.message.startsWith('fileIntro ')], [4000, true]);
    });
  }

  test('raw bytes that are not UTF-8 in a form name the parameter', async () => {
    const text = `${encode(callOf({ Action: 'ModifyVodInfo', fileId: '1' }))}&fileIntro=\xd6\xd0`;
    const { json } = await request(
      { port, method: 'POST' },
      '/v2/index.php',
      {},
      Buffer.from(text, 'latin1'),
    );
    assert.deepEqual([json.code, json.message.startsWith('fileIntro ')], [4000, true]);
  });

  test('an upload call answers -10003', async () => {
    const { json } = await request({ port, method: 'POST' }, `/v3/index.php?${encode(part())}&tag.1=%FF`);
    assert.deepEqual([json.code, json.message.startsWith('tag.1 ')], [-10003, true]);
  });
});

test('a disabled key answers 4104', async () => {
  const key = await gateway.accounts.createKey(KEY.appId);
  const parameters = call({ SecretId: key.secretId });
  const sending = { port, secretKey: key.secretKey };
  assert.equal((await send(sending, parameters)).json.code, 0);
  await gateway.accounts.setKeyDisabled(key.secretId, true);
  const { json } = await send(sending, call({ SecretId: key.secretId }));
  assert.equal(json.code, 4104);
  assert.match(json.message, /SecretId is disabled/);
});

test('a sub-application of the account is served', async () => {
  const { appId } = await gateway.accounts.createSubApplication(KEY.appId, 'trailers');
  const { json } = await send({ port }, call({ SubAppId: appId }));
  assert.deepEqual([json.code, json.appId], [0, appId]);
});

test('a fault of ours answers 6000 with an id that the log knows, and says nothing else', async () => {
  const logged: Record<string, unknown>[] = [];
  const log = { error: (entry: Record<string, unknown>) => logged.push(entry) };
  await using other = await openGateway({ log: { ...console, ...log, child: () => log } as never });
  const { json, text } = await send({ port: other.port }, call({ fileId: FILE_IDS.broken }));
  assert.equal(json.code, 6000);
  assert.doesNotMatch(text, /secret of the house|at /);
  assert.match(json.message, new RegExp(String(logged[0]!.requestId)));
  assert.match(String((logged[0]!.err as Error).stack), /secret of the house/);
});

test('answers are pure ASCII, with anything else escaped', async () => {
  const { text, json } = await send(
    { port },
    callOf({ Action: 'ModifyVodInfo', fileId: '1', fileIntro: '中é\u2028' }),
  );
  assert.match(text, /^[\x20-\x7e]*$/);
  assert.equal((json.params as Parameters).fileIntro, '中é\u2028');
});

test('what is counted is the action and its code, never what a client wrote', async () => {
  const from = gateway.answered.length;
  await send({ port }, call());
  await send({ port }, call({ Action: 'Nonsense' }));
  const answered = gateway.answered.slice(from).map(({ action, code }) => [action, code]);
  assert.deepEqual(answered, [
    ['DescribeVodPlayUrls', 0],
    ['unknown', 4000],
  ]);
});

test('an action over its limit answers 4400', async () => {
  await using limited = await openGateway({ config: { rateLimit: 0.02 }, clock: () => 1_700_000_000_000 });
  const answers: Answer[] = [];
  const now = 1_700_000_000_000;
  for (let i = 0; i < 3; i++) {
    answers.push(
      await send({ port: limited.port }, callOf({ Action: 'DescribeVodPlayUrls', fileId: '1' }, now)),
    );
  }
  assert.deepEqual(
    answers.map(({ json }) => json.code),
    [0, 0, 4400],
  );
});

describe('replay', () => {
  test('the same signed call is answered once', async () => {
    const parameters = call();
    assert.equal((await send({ port }, parameters)).json.code, 0);
    const { json } = await send({ port }, parameters);
    assert.equal(json.code, 4500);
    assert.match(json.message, /Nonce and Timestamp/);
  });

  test('in another spelling of its signature too', async () => {
    let parameters = call();
    while (!sign(parameters, { port }).includes('+')) parameters = call();
    assert.equal((await send({ port }, parameters)).json.code, 0);
    const signature = sign(parameters, { port }).replaceAll('+', ' ');
    assert.equal((await send({ port, signature }, parameters)).json.code, 4500);
  });

  test('the same Nonce in another call is fine: clients draw it from few', async () => {
    for (const fileId of ['1', '2']) {
      assert.equal((await send({ port }, call({ Nonce: '7', fileId }))).json.code, 0);
    }
  });

  test('a call with a wrong signature leaves no trace', async () => {
    const parameters = call();
    const signature = sign(parameters, { port });
    await send({ port, signature }, { ...parameters, fileId: '2' });
    assert.equal((await send({ port, signature }, parameters)).json.code, 0);
  });

  test('a restart forgets nothing', async () => {
    const parameters = call();
    // The host is signed, so that the call is the same on another port.
    const sending = { host: 'api.example.com' };
    await using first = await openGateway();
    assert.equal((await send({ port: first.port, ...sending }, parameters)).json.code, 0);
    await using second = await openGateway({ dataDir: first.dataDir });
    assert.equal((await send({ port: second.port, ...sending }, parameters)).json.code, 4500);
  });
});

test('every refusal is in the log, under the id that its answer has', async () => {
  const lines: Record<string, unknown>[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  await using noisy = await openGateway({ log });
  const answer = await send(
    { port: noisy.port },
    callOf({ Action: 'DescribeVodPlayUrls', fileId: FILE_IDS.missing }),
  );
  const line = lines.find(({ requestId }) => requestId === answer.headers['x-request-id']);
  assert.equal(line?.action, 'DescribeVodPlayUrls');
  assert.equal(line?.code, 10008);
  assert.equal(line?.kind, 'video.notFound');
  assert.equal(line?.reason, 'there is no such video');
});

for (const [what, names, sending] of [
  ['the path of the generation before', /\/v2\/index\.php/, { path: '/v1/index.php' }],
  [
    'an Action in the query of a POST',
    /Action=DescribeVodPlayUrls stands in the query/,
    { method: 'POST', inQuery: true },
  ],
] as const) {
  test(`${what} is named in the refusal`, async () => {
    const answer = await send({ port, ...sending }, call());
    assert.notEqual(answer.json.code, 0);
    assert.match(answer.json.message, names);
  });
}

for (const [action, says] of [
  ['DescribeMediaInfos', /next generation .* not offered yet/],
  ['CreateImageSprite', /not offered yet/],
  ['ProcessCosMedia', /draft of the original that was never released/],
] as const) {
  test(`${action} answers 6100: ${says.source}`, async () => {
    const answer = await send({ port }, call({ Action: action }));
    assert.equal(answer.json.code, 6100);
    assert.match(answer.json.message, says);
  });
}
