import assert from 'node:assert/strict';
import https from 'node:https';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { startService } from './harness.ts';
import { type Answer, signedQuery } from './testing/caller.ts';
import { uniqueClip } from './testing/clips.ts';
import { upload } from './testing/upload.ts';

const PATH = '/v2/index.php';

/** A signed GET over TLS; the certificate is the service's own. */
async function overTls(origin: string, action: string): Promise<Answer> {
  const { host } = new URL(origin);
  const query = signedQuery({ method: 'GET', host, path: PATH }, { Action: action });
  const response = await new Promise<import('node:http').IncomingMessage>((resolve, reject) => {
    https.get(`${origin}${PATH}?${query}`, { rejectUnauthorized: false }, resolve).on('error', reject);
  });
  return JSON.parse(await text(response)) as Answer;
}

test('where HTTPS is required, text calls are answered only over it; uploads and playback take both', async () => {
  await using service = await startService({
    settings: { OPENVOD_TLS: 'self-signed', OPENVOD_REQUIRE_HTTPS: 'true' },
  });
  assert.equal((await service.call('DescribeClass')).code, 4600);
  assert.equal((await service.call('DescribeClass', {}, { method: 'GET' })).code, 4600);
  assert.equal((await overTls(service.tlsUrl!, 'DescribeClass')).code, 0);

  const bytes = await uniqueClip();
  const { url } = await upload(service.call, bytes);
  assert.deepEqual(Buffer.from(await (await fetch(url)).arrayBuffer()), bytes);
});

test('a proxy in front may speak TLS for us, when it is trusted', async () => {
  await using service = await startService({
    settings: { OPENVOD_TRUST_PROXY: 'true', OPENVOD_REQUIRE_HTTPS: 'true' },
  });
  const host = 'media.example.com';
  const query = signedQuery({ method: 'GET', host, path: PATH }, { Action: 'DescribeClass' });
  const headers = { 'x-forwarded-host': host, 'x-forwarded-proto': 'https' };
  const response = await fetch(`${service.url}${PATH}?${query}`, { headers });
  assert.equal(((await response.json()) as Answer).code, 0);
});

test('play addresses begin with the public origin', async () => {
  await using service = await startService({
    settings: { OPENVOD_PUBLIC_URL: 'https://media.example.com/vod' },
  });
  const { url, fileId } = await upload(service.call, await uniqueClip());
  assert.ok(url.startsWith('https://media.example.com/vod/') && url.includes(fileId), url);
});
