import assert from 'node:assert/strict';
import net from 'node:net';
import { test } from 'node:test';
import { ACTIONS, type Action, PUBLIC_ERRORS } from '@openvod/contract/v2';
import fc from 'fast-check';
import { silentLogger } from '../packages/server/common/log.ts';
import type { ActionHandler } from '../packages/server/common/v2/handler.ts';
import { openGateway } from '../packages/server/gateway/testing/open-gateway.ts';
import { callOf, type Parameters, send, sign } from '../packages/server/gateway/testing/signed-calls.ts';

const REQUESTS = 20_400;
const AT_ONCE = 32;
/** Far more than a request takes; one that takes longer hangs. ms. */
const PATIENCE_MS = 20_000;

/** Every action of the contract; the body of an upload call is read to its end. */
const handlers: ActionHandler[] = ACTIONS.map((action) => ({
  action,
  run: async (params, { body }) => {
    let bytes = 0;
    if (body) for await (const chunk of body) bytes += (chunk as Buffer).length;
    return { params, bytes };
  },
}));

const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.integer().map(String),
  fc.constantFrom(
    '',
    '0',
    '-1',
    '1e999',
    '9'.repeat(40),
    '../../etc/passwd',
    '%',
    '\0',
    '@file',
    '__proto__',
    "'--",
  ),
  fc.constantFrom(
    'a'.repeat(5000),
    '中文',
    '[]',
    '{}',
    'null',
    'undefined',
    'NaN',
    '\r\n\r\n',
    '&=',
    '\u{1F3AC}',
  ),
);
const names = fc.oneof(
  nasty,
  fc.constantFrom(
    'fileId',
    'Action',
    'Signature',
    'Nonce',
    'Timestamp',
    'SecretId',
    'SubAppId',
    'Token',
    'a.0.b',
  ),
  fc.constantFrom(
    'tags',
    'tags.0',
    'tags_1',
    'toString',
    '__proto__.x',
    'constructor',
    'SignatureMethod',
    '....',
    '_',
  ),
);
/** The first one three times out of four. */
function mostly<const T>(usual: T, ...others: T[]): fc.Arbitrary<T> {
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  );
}

const change = fc.record({ name: names, value: fc.option(nasty), signed: fc.boolean() });

/** A call of some action that was right until it was changed. */
const call = fc.record({
  action: fc.constantFrom(...ACTIONS),
  changes: fc.array(change, { maxLength: 3 }),
  method: fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom('GET', 'POST') },
    {
      weight: 1,
      arbitrary: fc.constantFrom('PUT', 'HEAD', 'OPTIONS', 'DELETE', 'PATCH', 'TRACE', 'PROPFIND', 'BREW'),
    },
  ),
  path: fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom('/v2/index.php', '/v2/interface.php', '/v3/index.php') },
    {
      weight: 1,
      arbitrary: fc.constantFrom('/', '/v2/', '/%zz', '/v3/index.php/', '//v3/index.php', '*', 'http://x/'),
    },
  ),
  host: mostly(
    'localhost',
    '127.0.0.1:1',
    'vod.api.qcloud.com',
    'vod2.qcloud.com',
    '',
    '[::1]:8620',
    ':',
    'é',
  ),
  contentType: mostly('right', 'multipart/form-data; boundary=b', 'multipart/form-data', ';', 'text/xml', ''),
  place: mostly('usual', 'query', 'form', 'multipart', 'both', 'json'),
  framing: mostly('length', 'chunked', 'tooShort', 'tooLong', 'none'),
  encoding: mostly('percent', 'raw'),
  payload: fc.nat(2000).map((length) => Buffer.alloc(length, length)),
});
type Call = typeof call extends fc.Arbitrary<infer T> ? T : never;

/** Bytes on the wire, some of them spoilt. */
const request = fc.record({
  call,
  flips: fc.oneof(
    { weight: 4, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(fc.tuple(fc.nat(3000), fc.nat(255)), { maxLength: 5 }) },
  ),
  cut: fc.oneof({ weight: 9, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat(1500) }),
});

type Generated = typeof request extends fc.Arbitrary<infer T> ? T : never;

function parametersOf({ action, changes, method, path, host }: Call): Parameters {
  const example = Object.fromEntries(new URLSearchParams(action.example.request));
  for (const common of ['Signature', 'Nonce', 'Timestamp', 'SecretId']) delete example[common];
  const parameters = callOf({ ...example, Action: action.name });
  apply(
    parameters,
    changes.filter((one) => one.signed),
  );
  const signed = { ...parameters, Signature: sign(parameters, { method, path, host }) };
  apply(
    signed,
    changes.filter((one) => !one.signed),
  );
  return signed;
}

function apply(parameters: Parameters, changes: Call['changes']): void {
  for (const { name, value } of changes) {
    if (value === null) delete parameters[name];
    else parameters[name] = value;
  }
}

function bytesOf({ call, flips, cut }: Generated): Buffer {
  const { method, path, host, contentType, framing, payload } = call;
  const parameters = parametersOf(call);
  const text = Object.entries(parameters)
    .map(([name, value]) =>
      call.encoding === 'raw' ? `${name}=${value}` : `${encode(name)}=${encode(value)}`,
    )
    .join('&');
  const place = placeOf(call);
  const body = {
    query: payload,
    form: Buffer.from(text),
    both: Buffer.from(text),
    multipart: Buffer.from(multipart(parameters)),
    json: Buffer.from(JSON.stringify(parameters)),
  }[place];
  const query = place === 'query' || place === 'both' ? `?${text}` : '';
  const head = [
    `${method} ${path}${query} HTTP/1.1`,
    `Host: ${host}`,
    `Access-Control-Request-Headers: ${contentType}`,
    `Content-Type: ${contentType === 'right' ? TYPES[place] : contentType}`,
    ...lengths(framing, body),
  ];
  const bytes = Buffer.concat([
    Buffer.from(`${head.join('\r\n')}\r\n\r\n`),
    framing === 'chunked' ? chunked(body) : body,
  ]);
  for (const [at, value] of flips) if (at < bytes.length) bytes[at] = value;
  return cut === null ? bytes : bytes.subarray(0, cut);
}

const TYPES = {
  query: 'application/octet-stream',
  form: 'application/x-www-form-urlencoded',
  both: 'application/x-www-form-urlencoded',
  multipart: 'multipart/form-data; boundary=b',
  json: 'application/json',
};

function placeOf({ place, method, action }: Call): Exclude<Call['place'], 'usual'> {
  if (place !== 'usual') return place;
  return method === 'POST' && (action as Action).protocol === 'text' ? 'form' : 'query';
}

function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

function lengths(framing: Call['framing'], body: Buffer): string[] {
  if (framing === 'chunked') return ['Transfer-Encoding: chunked'];
  if (framing === 'none') return [];
  const length = { length: 0, tooShort: -3, tooLong: 3 }[framing] + body.length;
  return [`Content-Length: ${Math.max(0, length)}`];
}

function chunked(body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n0\r\n\r\n')]);
}

function multipart(parameters: Parameters): string {
  const parts = Object.entries(parameters).map(
    ([name, value]) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return `\r\n${parts.join('')}--b--\r\n`;
}

/** Sends the bytes and hangs up our side; resolves to everything that came back. Rejects when the server hangs. */
async function exchange(port: number, bytes: Buffer): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const socket = net.connect(port, '127.0.0.1', () => socket.end(bytes));
  const timer = setTimeout(() => reject(new Error(`no end after ${PATIENCE_MS} ms`)), PATIENCE_MS);
  let text = '';
  socket.setEncoding('latin1').on('data', (chunk) => {
    text += chunk;
  });
  // The server may hang up on nonsense before it has read all of it.
  socket.on('error', () => {});
  socket.on('close', () => resolve(text));
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    socket.destroy();
  }
}

test(`${REQUESTS} generated requests: no 5xx, no 6000, no hang, nothing unhandled`, async (t) => {
  const seed = Number(process.env.OPENVOD_TEST_SEED ?? Date.now() % 2 ** 31);
  t.diagnostic(`seed ${seed}`);
  const faults: unknown[] = [];
  const keep = (fault: unknown) => void faults.push(fault);
  process.on('unhandledRejection', keep);
  t.after(() => process.off('unhandledRejection', keep));
  const log = { ...silentLogger, error: keep, warn: keep, child: () => log } as typeof silentLogger;
  await using gateway = await openGateway({ actions: handlers, log });

  const codes = new Map<string, number>();
  let sent = 0;
  async function sendSome(worker: number): Promise<void> {
    for (let batch = 0; sent < REQUESTS; batch++) {
      for (const one of fc.sample(request, { seed: seed + worker * 100_000 + batch, numRuns: 100 })) {
        const bytes = bytesOf(one);
        sent++;
        const text = await exchange(gateway.port, bytes);
        const wrong =
          /^HTTP\/1\.1 5\d\d/m.test(text) || text.includes(`"code":${PUBLIC_ERRORS.InternalError}`);
        assert.ok(!wrong, `${JSON.stringify(bytes.toString('latin1'))}\nanswered\n${text}`);
        const [, status, code] = /^HTTP\/1\.1 (\d+)(?:.*?"code":(-?\d+))?/s.exec(text) ?? [];
        const answer = status === '200' ? String(code) : `HTTP ${status}`;
        codes.set(answer, (codes.get(answer) ?? 0) + 1);
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, (_, worker) => sendSome(worker)));
  t.diagnostic(`answers: ${JSON.stringify(Object.fromEntries([...codes].sort()))}`);
  assert.deepEqual(faults, []);
  // The generator is worth nothing unless it reaches every step.
  for (const code of ['0', '4000', '4100', '4104', '6100', '-10001', '-10002', '-10003']) {
    assert.ok(codes.has(code), `no request was answered with ${code}`);
  }
  const { json } = await send({ port: gateway.port }, callOf({ Action: 'DescribeAllClass' }));
  assert.equal(json.code, 0);
});
