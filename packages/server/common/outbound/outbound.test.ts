import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';
import { after, before, test } from 'node:test';
import { createOutbound } from './outbound.ts';

const addresses: [url: string, problem: RegExp | null][] = [
  ['https://shop.example.com/hook?a=b', null],
  ['http://93.184.215.14:8080/', null],
  ['http://[2606:4700::1111]/', null],
  ['nonsense', /is not an address/],
  ['ftp://example.com/', /must begin with http/],
  ['file:///etc/passwd', /must begin with http/],
  ['http://localhost/', /public address/],
  ['http://LOCALHOST./', /public address/],
  ['http://a.localhost/', /public address/],
  ['http://127.0.0.1:8620/', /public address/],
  // Other ways to write it.
  ['http://2130706433/', /public address/],
  ['http://0x7f.1/', /public address/],
  ['http://127.0.0.1./', /public address/],
  ['http://127.1/', /public address/],
  ['http://0177.0.0.1/', /public address/],
  ['http://017700000001/', /public address/],
  ['http://0x7f000001/', /public address/],
  ['http://0xa9.0xfe.0251.254/', /public address/],
  ['http://0/', /public address/],
  ['http://%31%32%37.0.0.1/', /public address/],
  ['http://１２７。0.0.1/', /public address/],
  ['http://shop.example.com@127.0.0.1/', /public address/],
  ['http://127.0.0.1\\@shop.example.com/', /public address/],
  ['http://[::1]/', /public address/],
  ['http://[::]/', /public address/],
  ['http://[::ffff:127.0.0.1]/', /public address/],
  ['http://[::ffff:7f00:1]/', /public address/],
  ['http://[::127.0.0.1]/', /public address/],
  ['http://[64:ff9b::7f00:1]/', /public address/],
  ['http://[64:ff9b:1::a00:1]/', /public address/],
  ['http://[2002:7f00:1::]/', /public address/],
  ['http://[fe80::1]/', /public address/],
  ['http://[fd00:ec2::254]/', /public address/],
  // A zone is no part of an address in URLs.
  ['http://[fe80::1%25eth0]/', /is not an address/],
  ['http://169.254.169.254/latest/meta-data/', /public address/],
  ['http://10.1.2.3/', /public address/],
];
for (const [url, problem] of addresses) {
  test(`${url} ${problem ? 'is refused' : 'may be tried'}`, () => {
    const found = createOutbound({ allowPrivate: false }).problemOf(url);
    if (problem) assert.match(found!, problem);
    else assert.equal(found, null);
  });
}

test('there is no agent for an address that is refused', () => {
  const outbound = createOutbound({ allowPrivate: false });
  const inside = new URL('http://127.0.0.1/');
  assert.throws(() => outbound.agentFor(inside), { code: 'ADDRESS_NOT_ALLOWED' });
});

test('where private addresses are allowed, only what is not http is refused', () => {
  const outbound = createOutbound({ allowPrivate: true });
  for (const [url, problem] of addresses) {
    assert.equal(outbound.problemOf(url) === null, !problem || problem.source === 'public address', url);
  }
});

let connections = 0;
let port = 0;
const server = createServer((_request, response) => response.end());
server.on('connection', () => connections++);
before(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ({ port } = server.address() as AddressInfo);
});
after(() => server.close());

/** A name server that answers with each of these in turn, the last one for ever. */
function resolvesTo(...answers: string[][]): LookupFunction {
  return (_hostname, _options, callback) => {
    const answer = answers.length > 1 ? answers.shift()! : answers[0]!;
    const found = answer.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    process.nextTick(callback, null, found);
  };
}

/** Resolves to the status, or to the code of what went wrong. */
async function get(outbound: ReturnType<typeof createOutbound>): Promise<number | string> {
  const url = new URL(`http://rebinding.example.com:${port}/`);
  assert.equal(outbound.problemOf(url.href), null);
  const { promise, resolve } = Promise.withResolvers<number | string>();
  request(url, { agent: outbound.agentFor(url), signal: AbortSignal.timeout(10_000) })
    .on('response', (response) => {
      response.resume();
      resolve(response.statusCode!);
    })
    .on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''))
    .end();
  return promise;
}

test('a name is judged by what it resolves to when it is called', async () => {
  for (const inside of [['127.0.0.1'], ['::1', '127.0.0.1'], ['169.254.169.254'], []]) {
    const lookup = resolvesTo(inside);
    assert.equal(await get(createOutbound({ allowPrivate: false, lookup })), 'ADDRESS_NOT_ALLOWED');
  }
  assert.equal(connections, 0);
});

test('a name that turns to the inside between two calls is not followed there', async () => {
  const outbound = createOutbound({ allowPrivate: true, lookup: resolvesTo(['127.0.0.1']) });
  assert.equal(await get(outbound), 200);
  const before = connections;
  assert.equal(
    await get(createOutbound({ allowPrivate: false, lookup: resolvesTo(['127.0.0.1']) })),
    'ADDRESS_NOT_ALLOWED',
  );
  assert.equal(connections, before);
});
