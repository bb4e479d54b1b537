import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';
import { text } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { AddressError, get } from './get.ts';
import { createOutbound, type Outbound } from './outbound.ts';

const paths: string[] = [];
let port = 0;
const server = createServer((request, response) => {
  paths.push(request.url ?? '');
  const to = new URL(request.url ?? '', 'http://here').searchParams.get('to');
  if (request.url === '/loop') return response.writeHead(302, { location: '/loop' }).end();
  if (request.url === '/silent') return;
  if (to === null) return response.end(`this is ${request.url}`);
  response.writeHead(307, { location: to }).end();
});
before(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ({ port } = server.address() as AddressInfo);
});
after(() => server.close().closeAllConnections());

/** Names, each with the addresses that it has in turn, the last one for ever. Anything else is nobody's. */
function names(table: Record<string, string[]>): LookupFunction {
  return (hostname, _options, callback) => {
    const left = table[hostname] ?? [];
    const address = left.length > 1 ? left.shift()! : left[0];
    process.nextTick(callback, null, address === undefined ? [] : [{ address, family: 4 }]);
  };
}

/** Lets connections to this machine pass as long as they are asked for by one of these names. */
function guardedButFor(hosts: string[], lookup: LookupFunction): Outbound {
  const guarded = createOutbound({ allowPrivate: false, lookup });
  const open = createOutbound({ allowPrivate: true, lookup });
  return {
    problemOf: guarded.problemOf,
    agentFor: (url) => (hosts.includes(url.hostname) ? open : guarded).agentFor(url),
  };
}

const call = (outbound: Outbound, url: string) =>
  get(outbound, url, { signal: AbortSignal.timeout(20_000), idleMs: 200 });

test('redirections are followed, and what is relative is so to the last of them', async () => {
  const outbound = createOutbound({ allowPrivate: true });
  const { response, url } = await call(outbound, `http://127.0.0.1:${port}/a/b?to=c%3Fto=..%2Fd`);
  assert.deepEqual([await text(response), url], ['this is /d', `http://127.0.0.1:${port}/d`]);
});

test('a redirection to the inside is not followed, in whatever spelling', async () => {
  const outbound = guardedButFor(['shop.example.com'], names({ 'shop.example.com': ['127.0.0.1'] }));
  const inside = ['127.0.0.1', '0x7f.1', '2130706433', '[::ffff:127.0.0.1]', 'localhost', '169.254.169.254'];
  for (const host of inside) {
    paths.length = 0;
    const to = `http://${host}:${port}/secret`;
    const asked = call(outbound, `http://shop.example.com:${port}/?to=${encodeURIComponent(to)}`);
    await assert.rejects(asked, AddressError, host);
    assert.equal(paths.length, 1, host);
  }
  for (const to of ['file:///etc/passwd', 'gopher://shop.example.com/', 'http://']) {
    await assert.rejects(
      call(outbound, `http://shop.example.com:${port}/?to=${encodeURIComponent(to)}`),
      AddressError,
    );
  }
});

test('a name is judged again at each redirection, by what it resolves to then', async () => {
  const table = { 'shop.example.com': ['127.0.0.1'], 'inside.example.com': ['10.0.0.1'] };
  const outbound = guardedButFor(['shop.example.com'], names(table));
  const to = encodeURIComponent(`http://inside.example.com:${port}/`);
  await assert.rejects(call(outbound, `http://shop.example.com:${port}/?to=${to}`), AddressError);

  // The look-up that lets it pass is the one that is connected by: one that turns by the next is refused then.
  const turning = createOutbound({
    allowPrivate: false,
    lookup: names({ 'turning.example.com': ['127.0.0.1'] }),
  });
  paths.length = 0;
  assert.equal(turning.problemOf(`http://turning.example.com:${port}/`), null);
  await assert.rejects(call(turning, `http://turning.example.com:${port}/`), AddressError);
  assert.deepEqual(paths, []);
});

test('redirections without end, and servers that say nothing, are given up', async () => {
  const outbound = createOutbound({ allowPrivate: true });
  paths.length = 0;
  await assert.rejects(call(outbound, `http://127.0.0.1:${port}/loop`), /redirects more than 9 times/);
  assert.equal(paths.length, 10);
  await assert.rejects(call(outbound, `http://127.0.0.1:${port}/silent`), /nothing came/);
});
