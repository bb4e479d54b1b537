/** Every refusal is in the debug log, whatever it is of and however early it comes, and nothing secret is. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import net from 'node:net';
import { after, before, test } from 'node:test';
import { pino } from 'pino';
import { KEY, type OpenGateway, openGateway } from './testing/open-gateway.ts';
import { callOf, encode, type Parameters, request, type Sending, send } from './testing/signed-calls.ts';

type Line = Record<string, unknown>;

let gateway: OpenGateway;
let lines: Line[] = [];
before(async () => {
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const limits = { formTimeoutMs: 150, uploadIdleMs: 150, lingerMs: 300 };
  gateway = await openGateway({ log, config: { limits } });
});
after(() => gateway[Symbol.asyncDispose]());

const call = (more: Parameters = {}) => callOf({ Action: 'DescribeVodPlayUrls', fileId: '1', ...more });
const part = () =>
  callOf({
    Action: 'UploadPart',
    fileSha: 'a'.repeat(40),
    offset: '0',
    dataSize: '5',
    dataMd5: 'a'.repeat(32),
  });
const signed = (sending: Omit<Sending, 'port'>, parameters: Parameters) =>
  send({ port: gateway.port, ...sending }, parameters);
const plain = (method: string, path: string, body: string | Buffer, type = 'application/json') =>
  request({ port: gateway.port, method }, path, { 'Content-Type': type }, body);
const upload = { method: 'POST', inQuery: true, body: 'hello' };

const calls: Record<
  string,
  { send: () => Promise<unknown>; protocol: string; reason: RegExp; action?: string }
> = {
  'a text call without a signature': {
    send: () => signed({ signature: null }, call()),
    ...{ protocol: 'v2-text', reason: /Signature is required/, action: 'DescribeVodPlayUrls' },
  },
  'a text call with a wrong signature': {
    send: () => signed({ secretKey: 'wrong' }, call()),
    ...{ protocol: 'v2-text', reason: /Signature is wrong/, action: 'DescribeVodPlayUrls' },
  },
  'a text call of no action': {
    send: () => signed({}, call({ Action: 'Nonsense' })),
    ...{ protocol: 'v2-text', reason: /Nonsense/ },
  },
  'a JSON body': {
    send: () => plain('POST', '/v2/index.php', '{"Action":'),
    ...{ protocol: 'v2-text', reason: /Action is required/ },
  },
  'a form that is too large': {
    send: () => signed({ method: 'POST', body: Buffer.alloc(1_048_577, 'a') }, call()),
    ...{ protocol: 'v2-text', reason: /must not be larger than 1048576 bytes/ },
  },
  'a multipart form that is none': {
    send: () => plain('POST', '/v2/index.php', 'x', 'multipart/form-data'),
    ...{ protocol: 'v2-text', reason: /not the multipart form/ },
  },
  'a form that does not come': {
    send: () => rawRequest('POST /v2/index.php HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n'),
    ...{ protocol: 'v2-text', reason: /must arrive within 0\.15 seconds/ },
  },
  'another method': {
    send: () => signed({ method: 'DELETE' }, call()),
    ...{ protocol: 'v2-text', reason: /method DELETE/ },
  },
  'an upload call without a signature': {
    send: () => signed({ ...upload, signature: null }, part()),
    ...{ protocol: 'v2-upload', reason: /Signature is required/, action: 'UploadPart' },
  },
  'an upload call whose body is refused': {
    send: () => signed(upload, part()),
    ...{ protocol: 'v2-upload', reason: /not that of the body/, action: 'UploadPart' },
  },
  'an upload call that is not offered': {
    send: () => signed(upload, callOf({ Action: 'InitUploadEx' })),
    ...{ protocol: 'v2-upload', reason: /InitUploadEx/ },
  },
  'a client upload': {
    send: () => plain('POST', '/v3/index.php?Action=ApplyUploadUGC', '{"signature":"x"'),
    ...{ protocol: 'v2-ugc', reason: /not offered/ },
  },
};

for (const [what, { send: sendIt, protocol, reason, action = 'unknown' }] of Object.entries(calls)) {
  test(`${what} is refused with a line in the log`, async () => {
    lines = [];
    const answer = (await sendIt()) as { headers?: Record<string, string> };
    const refused = lines.filter(({ msg }) => msg === 'refused');
    assert.equal(refused.length, 1, JSON.stringify(lines));
    const [line] = refused;
    assert.equal(line!.level, 20);
    assert.equal(line!.protocol, protocol);
    assert.equal(line!.action, action);
    assert.match(String(line!.reason), reason);
    assert.ok(Number.isInteger(line!.code));
    assert.ok(line!.requestId);
    if (answer.headers) assert.equal(line!.requestId, answer.headers['x-request-id']);
    assert.doesNotMatch(JSON.stringify(lines), new RegExp(KEY.secretKey));
  });
}

/** Sends text as it is and resolves once the connection has ended. */
async function rawRequest(text: string): Promise<object> {
  const socket = net.connect(gateway.port, '127.0.0.1', () => socket.write(text));
  socket.on('error', () => {});
  socket.resume();
  await once(socket, 'close');
  return {};
}

const get = (path: string) => rawRequest(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
const outside: Record<string, { send: () => Promise<unknown>; status: number; reason: RegExp }> = {
  'an address of nothing': { send: () => get('/nothing'), status: 404, reason: /nothing here/ },
  'a broken percent-escape': { send: () => get('/%zz'), status: 400, reason: /'\/%zz'|not a valid url/ },
  'what is no HTTP': { send: () => rawRequest('hello\r\n\r\n'), status: 400, reason: /not an HTTP request/ },
  'headers that are too long': {
    send: () => rawRequest(`GET / HTTP/1.1\r\nHost: x\r\na: ${'a'.repeat(100_000)}\r\n\r\n`),
    ...{ status: 431, reason: /too long/ },
  },
};

for (const [what, { send: sendIt, status, reason }] of Object.entries(outside)) {
  test(`${what}, which is no call, is refused with a line in the log`, async () => {
    lines = [];
    await sendIt();
    const refused = lines.filter(({ msg }) => msg === 'refused');
    assert.deepEqual(
      refused.map((line) => line.status),
      [status],
    );
    assert.match(String(refused[0]!.reason), reason);
  });
}

test('a line does not have the address of the call, which holds a signature', async () => {
  lines = [];
  const parameters = call({ fileId: 'secret-of-a-user', Timestamp: '1' });
  await send({ port: gateway.port }, parameters);
  assert.equal(lines.length, 1);
  assert.doesNotMatch(JSON.stringify(lines), /secret-of-a-user|Signature=/);
  assert.ok(encode(parameters).includes('secret-of-a-user'));
});
