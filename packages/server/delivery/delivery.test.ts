import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startS3 } from '../testing/s3.ts';
import { type Answered, type Fixture, serve } from './testing/fixture.ts';

const KEY = 'vod1250000001/5285890784/f0.f20.mp4';
const SEGMENTS = 'vod1250000001/5285890784/f0.f210.ts';
const PLAYLIST = 'vod1250000001/5285890784/f0.f210.m3u8';
const bytes = randomBytes(300_000);

/** The parts of a multipart/byteranges body (RFC 9110, 14.6). */
function partsOf({ headers, body }: Answered): { type: string; range: string; bytes: Buffer }[] {
  const boundary = /boundary=(\S+)/.exec(headers['content-type']!)![1]!;
  const text = body.toString('latin1');
  assert.ok(text.endsWith(`\r\n--${boundary}--\r\n`));
  return text
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => {
      const [head, ...rest] = part.split('\r\n\r\n');
      const content = rest.join('\r\n\r\n').slice(0, -2);
      return {
        type: /Content-Type: (.*)/.exec(head!)![1]!.trim(),
        range: /Content-Range: (.*)/.exec(head!)![1]!.trim(),
        bytes: Buffer.from(content, 'latin1'),
      };
    });
}

function suite(start: () => Promise<Fixture>): void {
  test('a file comes whole, with all that caches and players need', async () => {
    await using server = await start();
    const { modifiedAt } = await server.store.put(KEY, bytes);
    for (let round = 0; round < 3; round++) {
      const { status, headers, body } = await server.get(`/${KEY}`);
      assert.equal(status, 200);
      assert.ok(body.equals(bytes));
      assert.equal(headers['content-type'], 'video/mp4');
      assert.equal(headers['content-length'], '300000');
      assert.match(headers.etag!, /^"[^"]+"$/);
      assert.equal(headers['last-modified'], new Date(modifiedAt).toUTCString());
      assert.equal(headers['accept-ranges'], 'bytes');
      // Made anew, it has the same address: caches ask again, which costs them a 304.
      assert.equal(headers['cache-control'], 'public, max-age=60, must-revalidate');
      assert.equal(headers['access-control-allow-origin'], '*');
      assert.match(headers['access-control-expose-headers']!, /Content-Range/);
      assert.equal(headers['x-content-type-options'], 'nosniff');
    }
  });

  test('HEAD has the headers of GET and no body', async () => {
    await using server = await start();
    await server.store.put(KEY, bytes);
    const get = await server.get(`/${KEY}`);
    const head = await server.get(`/${KEY}`, { method: 'HEAD' });
    assert.equal(head.status, 200);
    assert.equal(head.body.length, 0);
    assert.deepEqual({ ...head.headers, date: '' }, { ...get.headers, date: '' });
    // RFC 9110, 14.2: Range is for GET.
    const ranged = await server.get(`/${KEY}`, { method: 'HEAD', headers: { range: 'bytes=0-9' } });
    assert.equal(ranged.status, 200);
    assert.equal(ranged.headers['content-length'], '300000');
  });

  test('single ranges', async () => {
    await using server = await start();
    await server.store.put(KEY, bytes);
    const cases: [string, number, number][] = [
      ['bytes=0-0', 0, 0],
      ['bytes=100-199', 100, 199],
      ['bytes=299999-', 299_999, 299_999],
      ['bytes=200000-999999999', 200_000, 299_999],
      ['bytes=-5', 299_995, 299_999],
      ['bytes=-999999', 0, 299_999],
    ];
    for (let round = 0; round < 3; round++) {
      for (const [range, start, end] of cases) {
        const { status, headers, body } = await server.get(`/${KEY}`, { headers: { range } });
        assert.equal(status, 206, range);
        assert.equal(headers['content-range'], `bytes ${start}-${end}/300000`);
        assert.equal(headers['content-length'], String(end - start + 1));
        assert.ok(body.equals(bytes.subarray(start, end + 1)), range);
      }
    }
  });

  test('several ranges come as parts', async () => {
    await using server = await start();
    await server.store.put(KEY, bytes);
    for (let round = 0; round < 3; round++) {
      const answer = await server.get(`/${KEY}`, { headers: { range: 'bytes=0-9, 500-520,-3' } });
      assert.equal(answer.status, 206);
      assert.equal(answer.headers['content-range'], undefined);
      assert.equal(Number(answer.headers['content-length']), answer.body.length);
      assert.deepEqual(partsOf(answer), [
        { type: 'video/mp4', range: 'bytes 0-9/300000', bytes: bytes.subarray(0, 10) },
        { type: 'video/mp4', range: 'bytes 500-520/300000', bytes: bytes.subarray(500, 521) },
        { type: 'video/mp4', range: 'bytes 299997-299999/300000', bytes: bytes.subarray(-3) },
      ]);
    }
  });

  test('a range behind the end is 416, a malformed one is ignored', async () => {
    await using server = await start();
    await server.store.put(KEY, bytes);
    const behind = await server.get(`/${KEY}`, { headers: { range: 'bytes=300000-' } });
    assert.equal(behind.status, 416);
    assert.equal(behind.headers['content-range'], 'bytes */300000');
    const malformed = await server.get(`/${KEY}`, { headers: { range: 'bytes=9-1' } });
    assert.equal(malformed.status, 200);
    assert.equal(malformed.body.length, bytes.length);
  });

  test('conditions: unchanged is 304, changed is sent, If-Range decides between part and whole', async () => {
    await using server = await start();
    await server.store.put(KEY, bytes);
    const { etag, 'last-modified': modified } = (await server.get(`/${KEY}`)).headers;
    const status = async (headers: Record<string, string>) => {
      const answer = await server.get(`/${KEY}`, { headers });
      if (answer.status === 304) assert.equal(answer.body.length, 0);
      return answer.status;
    };
    assert.equal(await status({ 'if-none-match': etag! }), 304);
    assert.equal(await status({ 'if-none-match': '"other"' }), 200);
    assert.equal(await status({ 'if-modified-since': modified! }), 304);
    assert.equal(await status({ 'if-match': '"other"' }), 412);
    assert.equal(await status({ range: 'bytes=0-9', 'if-range': etag! }), 206);
    assert.equal(await status({ range: 'bytes=0-9', 'if-range': '"other"' }), 200);
    const unchanged = await server.get(`/${KEY}`, { headers: { 'if-none-match': etag! } });
    assert.equal(unchanged.headers.etag, etag);
    assert.ok(unchanged.headers['cache-control']);
  });

  test('an HLS segment is a resource of its own: its length, its ranges, its tag', async () => {
    await using server = await start();
    await server.store.put(SEGMENTS, bytes);
    const url = `/${SEGMENTS}?start=1000&end=1999&type=mpegts`;
    const whole = await server.get(`/${SEGMENTS}`);
    for (let round = 0; round < 3; round++) {
      const segment = await server.get(url);
      assert.equal(segment.status, 200);
      assert.equal(segment.headers['content-type'], 'video/mp2t');
      assert.equal(segment.headers['content-length'], '1000');
      assert.ok(segment.body.equals(bytes.subarray(1000, 2000)));
      assert.notEqual(segment.headers.etag, whole.headers.etag);
      const part = await server.get(url, { headers: { range: 'bytes=990-5000' } });
      assert.equal(part.headers['content-range'], 'bytes 990-999/1000');
      assert.ok(part.body.equals(bytes.subarray(1990, 2000)));
      const behind = await server.get(url, { headers: { range: 'bytes=1000-' } });
      assert.equal(behind.headers['content-range'], 'bytes */1000');
    }
    for (const bad of [
      'start=0&end=300000',
      'start=5&end=4',
      'start=-1&end=4',
      'start=0',
      'end=5',
      'start=a&end=b',
    ]) {
      assert.equal((await server.get(`/${SEGMENTS}?${bad}`)).status, 404, bad);
    }
  });

  test('a playlist that was replaced is served new, a deleted video is gone', async () => {
    await using server = await start();
    for (const text of ['#EXTM3U\n#1\n', '#EXTM3U\n#22\n']) {
      await server.store.put(PLAYLIST, Buffer.from(text));
      await sleep(1100);
      for (let round = 0; round < 3; round++) {
        const { headers, body } = await server.get(`/${PLAYLIST}`);
        assert.equal(body.toString(), text);
        assert.equal(headers['content-type'], 'application/vnd.apple.mpegurl');
        assert.match(headers['cache-control']!, /max-age=60\b/);
      }
    }
    await server.store.deletePrefix('vod1250000001/5285890784/');
    await sleep(1100);
    assert.equal((await server.get(`/${PLAYLIST}`)).status, 404);
  });

  test('an object that was replaced and removed a moment ago is no broken answer: what took its place is given', async () => {
    await using server = await start();
    const [one, two] = [randomBytes(2000), randomBytes(3000)];
    const folder = 'vod1250000001/5285890784/';
    await server.store.put(`${folder}1.jpg`, one);
    server.located.set('1.jpg', { key: `${folder}1.jpg`, run: null });
    assert.ok((await server.get(`/${folder}1.jpg`)).body.equals(one));
    await server.store.put(`${folder}2.jpg`, two);
    server.located.set('1.jpg', { key: `${folder}2.jpg`, run: null });
    await server.store.delete(`${folder}1.jpg`);
    const { status, body } = await server.get(`/${folder}1.jpg`);
    assert.equal(status, 200);
    assert.ok(body.equals(two));
    await server.store.delete(`${folder}2.jpg`);
    assert.equal((await server.get(`/${folder}1.jpg`)).status, 404);
  });

  test('an empty object is an empty answer', async () => {
    await using server = await start();
    await server.store.put(KEY, Buffer.alloc(0));
    for (const headers of [undefined, { range: 'bytes=0-' }, { range: 'bytes=-1' }]) {
      const answer = await server.get(`/${KEY}`, { headers });
      assert.equal(answer.status, 200);
      assert.equal(answer.headers['content-length'], '0');
    }
  });
}

describe('delivery from disk', () => suite(() => serve()));
describe('delivery from disk, without memory', () => suite(() => serve({ segmentCacheBytes: 0 })));
describe('delivery from S3', () =>
  suite(async () => {
    const s3 = await startS3();
    // A listener that is left over would keep the process, and its failure with it, for ever.
    const server = await serve({ storeUrl: s3.url }).catch(async (error: unknown) => {
      await s3.stop();
      throw error;
    });
    return {
      ...server,
      async [Symbol.asyncDispose]() {
        await server[Symbol.asyncDispose]();
        await s3.stop();
      },
    };
  }));

test('only plain keys below a video’s folder are looked for', async () => {
  await using server = await serve();
  await server.store.put('vod1/2/f0.mp4', bytes);
  await server.store.put('secret/2/f0.mp4', bytes);
  const found = ['/vod1/2/f0.mp4', '/vod1/2/f0.mp4?sign=1', '/vod1/2/%66%30.mp4'];
  for (const path of found) assert.equal((await server.get(path)).status, 200, path);
  const missing = [
    '/vod1/2/f1.mp4',
    '/vod1/2/',
    '/vod1/2',
    '/vod1/../secret/2/f0.mp4',
    '/vod1/2/../../secret/2/f0.mp4',
    '/vod1/2/%2e%2e/%2e%2e/secret/2/f0.mp4',
    '/vod1/2%2ff0.mp4%00',
    '/vod1/2/f0.mp4/x',
    '/vod1//2/f0.mp4',
    '/vod1/%',
    '/secret/2/f0.mp4',
  ];
  for (const path of missing) {
    const { status } = await server.get(path);
    assert.ok(status === 404 || status === 400, `${path}: ${status}`);
  }
});

test('what a browser would run is a download', async () => {
  await using server = await serve();
  for (const name of ['f0.html', 'f0.svg', 'f0.xml', 'f0.js', 'f0.HTML', 'f0', 'f0.constructor']) {
    await server.store.put(`vod1/2/${name}`, Buffer.from('<script>alert(1)</script>'));
    const { headers } = await server.get(`/vod1/2/${name}`);
    assert.equal(headers['content-type'], 'application/octet-stream', name);
    assert.equal(headers['x-content-type-options'], 'nosniff');
  }
});

test('preflight is answered, methods that write are refused', async () => {
  await using server = await serve();
  await server.store.put(KEY, bytes);
  const preflight = await server.get(`/${KEY}`, {
    method: 'OPTIONS',
    headers: { origin: 'http://a.example' },
  });
  assert.equal(preflight.status, 204);
  assert.match(preflight.headers['access-control-allow-methods']!, /GET/);
  assert.match(preflight.headers['access-control-allow-headers']!, /Range/);
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
    const { status, headers } = await server.get(`/${KEY}`, { method });
    assert.equal(status, 405, method);
    assert.match(headers.allow!, /GET/);
  }
});

test('a store that fails answers 503, and the next request finds it well again', async () => {
  await using server = await serve();
  await server.store.put(KEY, bytes);
  const { head } = server.store;
  server.store.head = () => Promise.reject(new Error('out of reach'));
  assert.equal((await server.get(`/${KEY}`)).status, 503);
  server.store.head = head;
  assert.equal((await server.get(`/${KEY}`)).status, 200);
});
