import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { createClient } from './client.ts';
import { OpenVodError, OpenVodNetworkError } from './errors.ts';

type Answer = (request: IncomingMessage, response: ServerResponse, count: number) => void;

/** A server that answers as told, and a client of it. */
async function serverThat(answer: Answer) {
  const requests: { method: string; url: URL; body: string }[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    requests.push({ method: request.method!, url: new URL(request.url!, 'http://localhost'), body });
    answer(request, response, requests.length);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    requests,
    client: createClient({ secretId: 'AKIDtest', secretKey: 'key', url }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const json = (value: object) => (_request: IncomingMessage, response: ServerResponse) => {
  response.end(JSON.stringify(value));
};

test('a method for each action sends it signed and returns its fields', async () => {
  await using server = await serverThat(json({ code: 0, message: '', playSet: [] }));
  const { playSet } = await server.client.describeVodPlayUrls({ fileId: '42' });
  assert.deepEqual(playSet, []);
  const form = new URLSearchParams(server.requests[0]!.body);
  assert.equal(form.get('Action'), 'DescribeVodPlayUrls');
  assert.equal(form.get('fileId'), '42');
  assert.equal(form.get('SignatureMethod'), 'HmacSHA256');
  assert.equal(Buffer.from(form.get('Signature')!, 'base64').length, 32);
});

test('GET puts the parameters into the query, lists counted from 0', async () => {
  await using server = await serverThat(json({ code: 0, message: '' }));
  await server.client.createVodTags({ fileId: '42', tags: ['a b', '中'] }, { method: 'GET' });
  const { searchParams } = server.requests[0]!.url;
  assert.equal(searchParams.get('tags.0'), 'a b');
  assert.equal(searchParams.get('tags.1'), '中');
});

test('a refusal is an OpenVodError with its code, and is not sent again', async () => {
  await using server = await serverThat(
    json({ code: 10008, message: 'no such file', codeDesc: 'InvalidParameter' }),
  );
  await assert.rejects(server.client.getVideoInfo({ fileId: '1' }), (error) => {
    assert.ok(error instanceof OpenVodError);
    assert.equal(error.code, 10008);
    assert.match(error.message, /GetVideoInfo: no such file \(10008\)/);
    return true;
  });
  assert.equal(server.requests.length, 1);
});

test('an answer that allows it is asked for again, with a new signature', async () => {
  await using server = await serverThat((request, response, count) => {
    const failed = { code: -10004, message: 'disk full', canRetry: 1 };
    json(count === 1 ? failed : { code: 0, message: '', fileId: '7', url: 'http://x/7' })(request, response);
  });
  const result = await server.client.finishUpload({ fileSha: 'a'.repeat(40) });
  assert.equal(result.fileId, '7');
  const [first, second] = server.requests.map((request) => request.url.searchParams.get('Signature'));
  assert.notEqual(first, second);
});

test('a service that is away did nothing: the call is sent again, even one that would do its work twice', async () => {
  await using server = await serverThat((request, response, count) => {
    const away = {
      code: 6200,
      message: 'the service cannot reach its database',
      codeDesc: 'InterfaceUnavailable',
    };
    json(count === 1 ? away : { code: 0, message: '', newClassId: '7' })(request, response);
  });
  assert.equal((await server.client.createClass({ className: 'a' })).newClassId, '7');
  assert.equal(server.requests.length, 2);
});

test('a connection that breaks is tried again for a call that may be repeated', async () => {
  await using server = await serverThat((request, response, count) => {
    if (count === 1) request.socket.destroy();
    else json({ code: 0, message: '', playSet: [] })(request, response);
  });
  await server.client.describeVodPlayUrls({ fileId: '1' });
  assert.equal(server.requests.length, 2);
});

test('a connection that breaks is not tried again for a call that would do its work twice', async () => {
  await using server = await serverThat((request) => request.socket.destroy());
  await assert.rejects(server.client.convertVodFile({ fileId: '1' }), OpenVodNetworkError);
  assert.equal(server.requests.length, 1);
});

test('a connection that was never made is tried again even then', async () => {
  let attempts = 0;
  const refuse = async () => {
    attempts++;
    throw Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } });
  };
  const client = createClient({ secretId: 'a', secretKey: 'b', fetch: refuse, retries: 1 });
  await assert.rejects(client.convertVodFile({ fileId: '1' }), OpenVodNetworkError);
  assert.equal(attempts, 2);
});

test('an attempt that takes too long is given up', async () => {
  await using server = await serverThat(() => {});
  const call = server.client.describeVodPlayUrls({ fileId: '1' }, { timeoutMs: 50, retries: 0 });
  await assert.rejects(call, OpenVodNetworkError);
});

test('an abort ends the call at once, with its reason', async () => {
  await using server = await serverThat(() => {});
  const stop = new AbortController();
  const call = server.client.describeVodPlayUrls({ fileId: '1' }, { signal: stop.signal });
  stop.abort(new Error('changed my mind'));
  await assert.rejects(call, /changed my mind/);
});

test('an answer that is not of this API says so', async () => {
  await using server = await serverThat((_request, response) => response.end('<html>hello</html>'));
  const call = server.client.describeVodPlayUrls({ fileId: '1' }, { retries: 0 });
  await assert.rejects(call, OpenVodNetworkError);
});

for (const [status, kind, requests] of [
  [404, 'lasting', 1],
  [413, 'lasting', 1],
  [429, 'unclear', 2],
  [500, 'unclear', 2],
  [502, 'away', 2],
  [503, 'away', 2],
] as const) {
  test(`HTTP status ${status}, which the API never has, is ${kind}: sent ${requests === 1 ? 'once' : 'again'}`, async () => {
    await using server = await serverThat((_request, response) => response.writeHead(status).end());
    const call = server.client.describeVodPlayUrls({ fileId: '1' }, { retries: 1 });
    await assert.rejects(call, { name: 'OpenVodNetworkError', kind });
    assert.equal(server.requests.length, requests);
  });
}
