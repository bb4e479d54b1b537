import net from 'node:net';
import { ACTIONS, type Action } from '@openvod/contract/v2';
import fc from 'fast-check';
import { callOf, type Parameters, sign } from '../../packages/server/gateway/testing/signed-calls.ts';

/** Far more than a request takes; one that takes longer hangs. ms. */
const PATIENCE_MS = 20_000;

interface Keys {
  secretId: string;
  secretKey: string;
}

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
export const brokenRequest = fc.record({
  call,
  flips: fc.oneof(
    { weight: 4, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(fc.tuple(fc.nat(3000), fc.nat(255)), { maxLength: 5 }) },
  ),
  cut: fc.oneof({ weight: 9, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat(1500) }),
});

type Generated = typeof brokenRequest extends fc.Arbitrary<infer T> ? T : never;

function parametersOf(
  { action, changes, method, path, host }: Call,
  { secretId, secretKey }: Keys,
): Parameters {
  const example = Object.fromEntries(new URLSearchParams(action.example.request));
  for (const common of ['Signature', 'Nonce', 'Timestamp', 'SecretId']) delete example[common];
  const parameters = callOf({ ...example, Action: action.name, SecretId: secretId });
  apply(
    parameters,
    changes.filter((one) => one.signed),
  );
  const signed = { ...parameters, Signature: sign(parameters, { method, path, host, secretKey }) };
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

/** What goes over the wire, signed with the keys where it is signed. */
export function bytesOf({ call, flips, cut }: Generated, keys: Keys): Buffer {
  const { method, path, host, contentType, framing, payload } = call;
  const parameters = parametersOf(call, keys);
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
export async function exchange(port: number, bytes: Buffer): Promise<string> {
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
