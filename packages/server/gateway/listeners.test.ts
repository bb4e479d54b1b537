import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFile, stat } from 'node:fs/promises';
import http from 'node:http';
import net from 'node:net';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type OpenGateway, openGateway } from './testing/open-gateway.ts';
import { callOf, encode, request, send, sign } from './testing/signed-calls.ts';
import { readCertificate } from './tls.ts';

let gateway: OpenGateway;
before(async () => {
  gateway = await openGateway({
    config: { limits: { formTimeoutMs: 150, uploadIdleMs: 150, lingerMs: 300 } },
  });
});
after(() => gateway[Symbol.asyncDispose]());

const call = () => callOf({ Action: 'DescribeVodPlayUrls', fileId: '1' });

/** Sends bytes as they are and resolves to all that comes back until the connection ends or `until` is seen. */
async function raw(port: number, pieces: (string | Buffer)[], until?: RegExp): Promise<string> {
  const socket = net.connect(port, '127.0.0.1');
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk;
    if (until?.test(text)) socket.destroy();
  });
  socket.on('error', () => {});
  for (const piece of pieces) {
    socket.write(piece);
    await new Promise(setImmediate);
  }
  await once(socket, 'close');
  return text;
}

describe('what is no call', () => {
  for (const [what, bytes, status] of [
    ['noise', 'hello\r\n\r\n', 400],
    ['a TLS handshake', '\x16\x03\x01\x02\x00\x01\x00\r\n\r\n', 400],
    ['raw bytes in the address', Buffer.from('GET /v2/index.php?a=中 HTTP/1.1\r\nHost: x\r\n\r\n'), 400],
    ['a header too long', `GET / HTTP/1.1\r\nHost: x\r\na: ${'a'.repeat(100_000)}\r\n\r\n`, 431],
    [
      'a broken chunk',
      'POST /v3/index.php?Action=UploadPart HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
      400,
    ],
  ] as const) {
    test(`${what} answers ${status} and closes`, async () => {
      const text = await raw(gateway.port, [bytes]);
      assert.match(text, /^HTTP\/1\.1 \d+/);
      const last = text.slice(text.lastIndexOf('HTTP/1.1'));
      assert.ok(last.startsWith(`HTTP/1.1 ${status} `) || /"code":-1000\d/.test(text), text);
    });
  }

  for (const [address, status] of [
    ['/', 404],
    ['/v2/index.php/more', 404],
    ['/v2/index.phpx', 404],
    ['/%', 400],
    ['/v9/index.php?Action=DescribeVodPlayUrls', 404],
  ] as const) {
    test(`${address} answers ${status} with an envelope`, async () => {
      const answer = await request({ port: gateway.port }, address);
      assert.equal(answer.status, status);
      assert.ok(answer.json.code > 0);
    });
  }

  test('a request without a Host is served like localhost', async () => {
    const parameters = call();
    const signature = sign(parameters, { signedHost: 'vod.api.qcloud.com' });
    const query = encode({ ...parameters, Signature: signature });
    const text = await raw(gateway.port, [`GET /v2/index.php?${query} HTTP/1.0\r\n\r\n`]);
    assert.match(text, /"code":0/);
  });
});

test('a request line of 64 KiB is taken', async () => {
  const parameters = { ...call(), extra: 'x'.repeat(65_000) };
  assert.equal((await send({ port: gateway.port }, parameters)).json.code, 0);
});

test('a pre-flight is answered on every path', async () => {
  const headers = { Origin: 'https://a.example', 'Access-Control-Request-Headers': 'content-type,x-more' };
  for (const address of ['/v2/index.php', '/v2/interface.php', '/v3/index.php?Action=ApplyUploadUGC']) {
    const answer = await request({ port: gateway.port, method: 'OPTIONS' }, address, headers);
    assert.equal(answer.status, 204);
    assert.equal(answer.headers['access-control-allow-origin'], '*');
    assert.match(answer.headers['access-control-allow-methods']!, /POST/);
    assert.equal(answer.headers['access-control-allow-headers'], 'content-type,x-more');
  }
  const answer = await send({ port: gateway.port }, call());
  assert.equal(answer.headers['access-control-allow-origin'], '*');
});

describe('POST without a body, as Java sends it: neither Content-Length nor Transfer-Encoding', () => {
  const head = 'HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';

  test('an upload call is served, and its body is empty', async () => {
    const dataMd5 = createHash('md5').digest('hex');
    const fileSha = 'a'.repeat(40);
    const parameters = callOf({ Action: 'UploadPart', fileSha, offset: '0', dataSize: '1', dataMd5 });
    const signature = sign(parameters, { method: 'POST', path: '/v3/index.php', host: 'x' });
    const query = encode({ ...parameters, Signature: signature });
    assert.match(await raw(gateway.port, [`POST /v3/index.php?${query} ${head}`]), /"code":0,/);
  });

  test('a text call misses its Action', async () => {
    const text = await raw(gateway.port, [`POST /v2/index.php?Action=DescribeVodPlayUrls ${head}`]);
    assert.match(text, /"code":4000,"message":"Action is required/);
  });
});

describe('bodies that do not come', () => {
  const head = 'HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n';

  test('a slow form is answered, not waited for', async () => {
    const text = await raw(gateway.port, [`POST /v2/index.php ${head}\r\nAction=`], /\}$/);
    assert.match(text, /^HTTP\/1\.1 200 .*"code":4000,"message":"the body must arrive within/s);
  });

  test('an upload body that stops answers -10006, to be sent again', async () => {
    const host = 'x';
    const parameters = callOf({
      Action: 'UploadPart',
      fileSha: 'a'.repeat(40),
      offset: '0',
      dataSize: '100',
      dataMd5: '0'.repeat(32),
    });
    const query = encode({
      ...parameters,
      Signature: sign(parameters, { method: 'POST', path: '/v3/index.php', host }),
    });
    const text = await raw(gateway.port, [`POST /v3/index.php?${query} ${head}\r\nhello`], /\}$/);
    assert.match(text, /"code":-10006,"message":"the body stopped.*"canRetry":1/s);
  });

  test('a connection that never sends the rest is closed in the end', async () => {
    const text = await raw(gateway.port, [`POST /v2/index.php ${head}\r\nAction=`]);
    assert.match(text, /"code":4000/);
  });

  test('a refused body is read to its end, and the connection serves the next call', async () => {
    const next = call();
    const query = encode({ ...next, Signature: sign(next, { host: 'x' }) });
    const text = await raw(gateway.port, [
      'POST /v3/index.php?Action=UploadPart HTTP/1.1\r\nHost: x\r\nContent-Length: 300000\r\n\r\n',
      Buffer.alloc(300_000),
      `GET /v2/index.php?${query} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
    ]);
    assert.equal(text.match(/HTTP\/1\.1 200/g)?.length, 2);
    assert.match(text, /"code":-10001.*"code":0,/s);
  });

  test('a client that leaves in the middle of its body does no harm', async () => {
    const socket = net.connect(gateway.port, '127.0.0.1');
    socket.write(`POST /v2/index.php ${head}\r\nAction=`);
    await once(socket, 'connect');
    await new Promise(setImmediate);
    socket.resetAndDestroy();
    assert.equal((await send({ port: gateway.port }, call())).json.code, 0);
  });

  test('an action learns that its client has left', async () => {
    const from = gateway.answered.length;
    const parameters = callOf({ Action: 'PullEvent' });
    const query = encode({ ...parameters, Signature: sign(parameters, { host: 'x' }) });
    const socket = net.connect(gateway.port, '127.0.0.1');
    socket.write(`GET /v2/index.php?${query} HTTP/1.1\r\nHost: x\r\n\r\n`);
    await new Promise((resolve) => setTimeout(resolve, 100));
    socket.destroy();
    while (!gateway.answered.slice(from).some(({ action }) => action === 'PullEvent')) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    const pulled = gateway.answered.slice(from).find(({ action }) => action === 'PullEvent')!;
    assert.ok(pulled.durationMs < 1000, 'it would have waited a second');
  });
});

test('closing answers what is under way and then hangs up', { timeout: 30_000 }, async () => {
  const closing = await openGateway();
  const agent = new http.Agent({ keepAlive: true });
  const parameters = callOf({ Action: 'PullEvent' });
  const query = encode({ ...parameters, Signature: sign(parameters, { host: 'x' }) });
  const options = { port: closing.port, path: `/v2/index.php?${query}`, headers: { Host: 'x' }, agent };
  const pulling = http.get(options);
  await once(pulling, 'finish');
  await new Promise((resolve) => setTimeout(resolve, 100));
  const closed = closing[Symbol.asyncDispose]();
  const [response] = (await once(pulling, 'response')) as [http.IncomingMessage];
  response.resume();
  assert.equal(response.statusCode, 200);
  // The agent would keep the connection; closing must not wait for it.
  await closed;
  agent.destroy();
});

describe('TLS', () => {
  test('a self-signed certificate is made once and kept for its owner only', async () => {
    await using tls = await openGateway({ config: { tls: 'self-signed' } });
    assert.equal((await send({ port: tls.tlsPort!, tls: true }, call())).json.code, 0);
    assert.equal((await send({ port: tls.port }, call())).json.code, 0);
    const keyFile = path.join(tls.dataDir, 'tls', 'key.pem');
    assert.equal((await stat(keyFile)).mode & 0o777, 0o600);
    const before = await readFile(keyFile, 'utf8');
    await using again = await openGateway({ config: { tls: 'self-signed' }, dataDir: tls.dataDir });
    assert.equal((await send({ port: again.tlsPort!, tls: true }, call())).json.code, 0);
    assert.equal(await readFile(keyFile, 'utf8'), before);
  });

  test('certificate and key files are served', async () => {
    await using made = await openGateway({ config: { tls: 'self-signed' } });
    const folder = path.join(made.dataDir, 'tls');
    const files = { tlsKey: path.join(folder, 'key.pem'), tlsCert: path.join(folder, 'certificate.pem') };
    await using tls = await openGateway({ config: files });
    assert.equal((await send({ port: tls.tlsPort!, tls: true }, call())).json.code, 0);
    const unreadable = { ...files, tlsKey: '/nowhere', tls: '' as const, dataDir: made.dataDir };
    await assert.rejects(readCertificate(unreadable), /nowhere/);
  });

  test('required: text calls without it answer 4600, uploads take both', async () => {
    await using tls = await openGateway({ config: { tls: 'self-signed', requireHttps: true } });
    assert.equal((await send({ port: tls.port }, call())).json.code, 4600);
    assert.equal((await send({ port: tls.tlsPort!, tls: true }, call())).json.code, 0);
    const upload = callOf({
      Action: 'InitUpload',
      fileName: 'v',
      fileSha: 'a'.repeat(40),
      fileSize: '1',
      dataSize: '524288',
      fileType: 'mp4',
    });
    assert.equal((await send({ port: tls.port }, upload)).json.code, 0);
  });

  test("a proxy's word counts only when it is trusted", async () => {
    const headers = { 'X-Forwarded-Proto': 'https', 'X-Forwarded-Host': 'api.example.com' };
    const sending = { headers, signedHost: 'api.example.com' };
    await using trusting = await openGateway({ config: { requireHttps: true, trustProxy: true } });
    assert.equal((await send({ port: trusting.port, ...sending }, call())).json.code, 0);
    await using wary = await openGateway({ config: { requireHttps: true } });
    assert.equal((await send({ port: wary.port, ...sending }, call())).json.code, 4600);
    assert.equal((await send({ port: gateway.port, ...sending }, call())).json.code, 4100);
  });
});
