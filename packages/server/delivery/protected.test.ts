import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { type PlayAccess, signedQuery } from '@openvod/contract/v2/signature/play-address.ts';
import { playerSignature } from '@openvod/contract/v2/signature/player-signature.ts';
import type { Output, Video } from '../library/index.ts';
import type { ProtectionRules } from './protection/rules.ts';
import { type Fixture, serve } from './testing/fixture.ts';

const KEY = 'testtest42';
const APP = '1250000001';
const FOLDER = `vod${APP}/5285890784`;
const RUN = '0123456789ab-1';
const SEGMENT_BYTES = 1000;
const SEGMENTS = 4;

const later = (ms = 3600_000) => Math.floor((Date.now() + ms) / 1000).toString(16);
const signed = (access: Partial<PlayAccess> = {}, key = KEY, folder = `/${FOLDER}/`) =>
  signedQuery(key, folder, { t: later(), us: 'a1', ...access });

const slice = (n: number) =>
  `${RUN}/f0.f210.ts?start=${n * SEGMENT_BYTES}&end=${(n + 1) * SEGMENT_BYTES - 1}&type=mpegts`;

function playlist(count: number, query = ''): string {
  const segments = Array.from({ length: count }, (_, n) => `#EXTINF:10.000,\n${slice(n)}${query}\n`).join('');
  return `#EXTM3U\n#EXT-X-TARGETDURATION:10\n${segments}#EXT-X-ENDLIST\n`;
}

const stream = Buffer.concat(Array.from({ length: SEGMENTS }, (_, n) => Buffer.alloc(SEGMENT_BYTES, n + 1)));
const master = (query = '') => `#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nf0.f210.m3u8${query}\n`;

/** A rendition with its master playlist, a file and a picture. */
async function open(
  rules: Partial<ProtectionRules>,
  options: Parameters<typeof serve>[0] = {},
): Promise<Fixture> {
  const server = await serve({ rules, ...options });
  for (const name of ['f0.f210.ts', 'f0.f210.m3u8']) {
    server.located.set(name, { key: `${FOLDER}/${RUN}/${name}`, run: RUN });
  }
  await server.store.put(`${FOLDER}/${RUN}/f0.f210.ts`, stream);
  await server.store.put(`${FOLDER}/${RUN}/f0.f210.m3u8`, Buffer.from(playlist(SEGMENTS)));
  await server.store.put(`${FOLDER}/master_playlist.m3u8`, Buffer.from(master()));
  await server.store.put(`${FOLDER}/f0.mp4`, Buffer.from('a film'));
  await server.store.put(`${FOLDER}/1.jpg`, Buffer.from('a picture'));
  return server;
}

test('with a key, only signed addresses play; pictures and other applications stay open', async () => {
  await using server = await open({ key: KEY });
  await server.store.put('vod1/2/f0.mp4', Buffer.from('open'));
  const cases: [target: string, status: number][] = [
    [`${FOLDER}/f0.mp4`, 403],
    [`${FOLDER}/f0.mp4?${signed()}`, 200],
    [`${FOLDER}/f0.mp4?${signed({}, 'another1')}`, 403],
    [`${FOLDER}/f0.mp4?${signed({ t: later(-200_000) })}`, 200],
    [`${FOLDER}/f0.mp4?${signed({ t: later(-302_000) })}`, 403],
    [`${FOLDER}/f0.mp4?${signed({}, KEY, '/vod1/2/')}`, 403],
    [`${FOLDER}/f0.f210.m3u8`, 403],
    [`${FOLDER}/${slice(0)}`, 403],
    [`${FOLDER}/${slice(0)}&${signed()}`, 200],
    [`${FOLDER}/${slice(0)}&${signed({}, KEY, `/${FOLDER}/${RUN}/`)}`, 200],
    // In other spellings of the same path.
    [`vod%31250000001/5285890784/f0.mp4`, 403],
    [`${FOLDER}/f0%2emp4`, 403],
    [`${FOLDER}/f0.mp4%3f.jpg`, 404],
    [`${FOLDER}/nothing.mp4?${signed()}`, 404],
    [`${FOLDER}/1.jpg`, 200],
    ['vod1/2/f0.mp4', 200],
  ];
  for (let round = 0; round < 3; round++) {
    for (const [target, status] of cases)
      assert.equal((await server.get(`/${target}`)).status, status, target);
  }
});

test('every line of a playlist carries the protection of the one who asked for it, and plays', async () => {
  await using server = await open({ key: KEY });
  for (let round = 0; round < 3; round++) {
    for (const us of ['a1', 'b2']) {
      const query = signed({ us, rlimit: '9' });
      // In the order that a live server was seen to use.
      const turned = query.split('&').reverse().join('&');
      const answer = await server.get(`/${FOLDER}/f0.f210.m3u8?${turned}`);
      assert.equal(String(answer.body), playlist(SEGMENTS, `&${query}`));
      assert.equal(answer.headers['content-length'], String(answer.body.length));
      assert.equal(
        String((await server.get(`/${FOLDER}/master_playlist.m3u8?${query}`)).body),
        master(`?${query}`),
      );
      for (const line of String(answer.body)
        .split('\n')
        .filter((text) => text.startsWith(RUN))) {
        const segment = await server.get(`/${FOLDER}/${line}`);
        assert.deepEqual([segment.status, segment.body.length], [200, SEGMENT_BYTES]);
      }
    }
  }
});

test('a rewritten playlist has its own tag, which is good for itself alone', async () => {
  await using server = await open({ key: KEY });
  const [one, other] = [signed({ us: 'a1' }), signed({ us: 'b2' })].map(
    (query) => `/${FOLDER}/f0.f210.m3u8?${query}`,
  );
  const { etag } = (await server.get(one!)).headers;
  const again = (target: string) => server.get(target, { headers: { 'if-none-match': etag! } });
  assert.equal((await again(one!)).status, 304);
  assert.equal((await again(other!)).status, 200);
  const range = await server.get(one!, { headers: { range: 'bytes=0-6' } });
  assert.deepEqual([range.status, String(range.body)], [206, '#EXTM3U']);
  const head = await server.get(one!, { method: 'HEAD' });
  assert.equal(head.headers['content-length'], String((await server.get(one!)).body.length));
});

test('no cache may give what is protected to others; what is open it may', async () => {
  await using server = await open({ key: KEY });
  const caching = async (target: string) =>
    (await server.get(`/${FOLDER}/${target}`)).headers['cache-control'];
  assert.equal(await caching(`f0.mp4?${signed()}`), 'private, max-age=2592000, immutable');
  assert.equal(await caching(`f0.f210.m3u8?${signed()}`), 'private, max-age=60, must-revalidate');
  assert.equal(await caching(`${slice(0)}&${signed()}`), 'private, max-age=2592000, immutable');
  assert.match((await caching('1.jpg'))!, /^public/);
  assert.equal(await caching('f0.mp4'), 'no-store');
});

test('rlimit is how many clients may play an address, and what its playlist names', async () => {
  await using server = await open({ key: KEY }, { trustProxy: true });
  const as = async (client: string, target: string) =>
    (await server.get(`/${FOLDER}/${target}`, { headers: { 'x-forwarded-for': client } })).status;
  const query = signed({ rlimit: '2' });
  assert.equal(await as('192.0.2.1', `f0.f210.m3u8?${query}`), 200);
  assert.equal(await as('192.0.2.2', `${slice(0)}&${query}`), 200);
  assert.equal(await as('192.0.2.3', `f0.f210.m3u8?${query}`), 403);
  assert.equal(await as('192.0.2.1', `${slice(1)}&${query}`), 200);
  assert.equal(await as('192.0.2.3', `f0.f210.m3u8?${signed({ rlimit: '2', us: 'c3' })}`), 200);
});

test('a preview of HLS ends with the segment that reaches it, and what is behind is not to be had', async () => {
  await using server = await open({ key: KEY });
  const query = signed({ exper: '15' });
  const get = (target: string) => server.get(`/${FOLDER}/${target}`);
  for (let round = 0; round < 2; round++) {
    assert.equal(String((await get(`f0.f210.m3u8?${query}`)).body), playlist(2, `&${query}`));
    assert.equal(String((await get(`master_playlist.m3u8?${query}`)).body), master(`?${query}`));
    assert.equal((await get(`${slice(1)}&${query}`)).status, 200);
    assert.equal((await get(`${slice(2)}&${query}`)).status, 403);
    assert.equal(
      (await get(`${slice(1).replace('end=1999', 'end=3999')}&${query}`)).body.length,
      SEGMENT_BYTES,
    );
    assert.deepEqual((await get(`f0.f210.ts?${query}`)).body, stream.subarray(0, 2 * SEGMENT_BYTES));
    const end = await server.get(`/${FOLDER}/f0.f210.ts?${query}`, { headers: { range: 'bytes=1990-2010' } });
    assert.equal(end.headers['content-range'], 'bytes 1990-1999/2000');
    assert.equal((await get(`${slice(3)}&${signed()}`)).status, 200);
    assert.equal(
      String((await get(`f0.f210.m3u8?${signed({ exper: '0' })}`)).body).match(/EXTINF/g)!.length,
      SEGMENTS,
    );
  }
});

test('pages that are not listed may not play; the own page of the service may', async () => {
  await using server = await open({
    referer: { mode: 'allow', referers: ['shop.example.com'], blank: false },
  });
  const from = async (referer: string | null, target = `${FOLDER}/f0.f210.m3u8`) =>
    (await server.get(`/${target}`, { headers: referer === null ? {} : { referer } })).status;
  assert.equal(await from('https://shop.example.com/film'), 200);
  assert.equal(await from('https://evil.example.com/film'), 403);
  assert.equal(await from(null), 403);
  assert.equal(await from(`${server.origin}/play/5285890784`), 200);
  assert.equal(await from('https://evil.example.com/', `${FOLDER}/1.jpg`), 200);
  const { body } = await server.get(`/${FOLDER}/f0.f210.m3u8`, {
    headers: { referer: 'https://shop.example.com/' },
  });
  assert.equal(String(body), playlist(SEGMENTS));
});

test('refusals are in the debug log with a reason, and no log has a signature', async () => {
  const told: unknown[] = [];
  const note = (...args: unknown[]) => void told.push(args);
  const log = { debug: note, info: note, warn: note, error: note } as never;
  await using server = await open({ key: KEY }, { log });
  const query = signed();
  const targets = [
    `f0.mp4?${query}`,
    'f0.mp4',
    `f0.mp4?${signed({}, 'another1')}`,
    `f0.mp4?${signed({ exper: '30' })}`,
  ];
  for (const target of targets) {
    const referer = `${server.origin}/play/5285890784?psign=secret`;
    await server.get(`/${FOLDER}/${target}`, { headers: { referer } });
  }
  const text = JSON.stringify(told);
  for (const reason of ['it is not signed', 'its signature is wrong'])
    assert.ok(text.includes(reason), reason);
  await server.stop();
  const [file = ''] = await readdir(server.accessLogDir);
  const lines = String(await readFile(path.join(server.accessLogDir, file)));
  assert.equal(lines.trim().split('\n').length, targets.length);
  // In the order in which they ended.
  assert.deepEqual(
    lines
      .match(/ (200|403) /g)
      ?.map((status) => status.trim())
      .sort(),
    ['200', '403', '403', '403'],
  );
  for (const secret of [KEY, 'secret', query.slice(-32)])
    assert.equal((text + lines).includes(secret), false, secret);
});

test('while nobody can say what protects a video, it does not play', async () => {
  const unknown = () => Promise.reject(new Error('the database is away'));
  await using server = await open({}, { rulesOf: unknown });
  assert.equal((await server.get(`/${FOLDER}/f0.mp4`)).status, 503);
});

const video = {
  id: '5285890784',
  appId: APP,
  name: 'A film',
  status: 'normal',
  coverKey: null,
  durationMs: 40_000,
};
const output = { kind: 'transcode', name: 'f0.f210.m3u8', width: 1, height: 1, bitrate: 1 };

async function withPage(rules: Partial<ProtectionRules>): Promise<Fixture> {
  const server = await open(rules, { trustProxy: true });
  server.videos.set(video.id, { video: video as unknown as Video, outputs: [output as Output] });
  return server;
}

test('the player page signs for those who open it, and for few others', async () => {
  await using server = await withPage({ key: KEY });
  const as = (client: string, target: string) =>
    server.get(target, { headers: { 'x-forwarded-for': client } });
  const info = await as('192.0.2.1', `/play/${video.id}/info.json`);
  assert.equal(info.headers['cache-control'], 'private, no-cache');
  const url = JSON.parse(String(info.body)).url.replace('..', '');
  assert.equal((await as('192.0.2.1', url)).status, 200);
  const others = [2, 3, 4, 5].map(async (n) => (await as(`192.0.2.${n}`, url)).status);
  assert.deepEqual((await Promise.all(others)).sort(), [200, 200, 403, 403]);
  assert.notEqual(
    JSON.parse(String((await as('192.0.2.1', `/play/${video.id}/info.json`)).body)).url,
    `..${url}`,
  );
});

test('a page that is not open plays for who brings a signature of the video that is good', async () => {
  const playKey = 'playplay1';
  await using server = await withPage({ key: KEY, playKey, openPage: false });
  const terms = { key: playKey, appId: APP, fileId: video.id, expiresAt: new Date(Date.now() + 60_000) };
  const cases: [signature: string, status: number][] = [
    ['', 403],
    ['nonsense', 403],
    [playerSignature(terms), 200],
    [playerSignature({ ...terms, key: KEY }), 403],
    [playerSignature({ ...terms, fileId: '2' }), 403],
    [playerSignature({ ...terms, appId: '7' }), 403],
    [playerSignature({ ...terms, expiresAt: new Date(Date.now() - 60_000) }), 403],
  ];
  for (const [signature, status] of cases) {
    for (const page of ['play', 'embed']) {
      const answer = await server.get(`/${page}/${video.id}/info.json?psign=${signature}`);
      assert.equal(answer.status, status, signature);
      const shown = await server.get(`/${page}/${video.id}?psign=${signature}`);
      assert.equal(shown.status, status);
      assert.equal(String(shown.body).includes(video.name), status === 200);
    }
  }
  const preview = playerSignature({ ...terms, previewSeconds: 30 });
  const { url } = JSON.parse(String((await server.get(`/play/${video.id}/info.json?psign=${preview}`)).body));
  assert.equal(String((await server.get(url.replace('..', ''))).body).match(/EXTINF/g)!.length, 3);
});

test('the embeddable player is not for pages that may not play', async () => {
  await using server = await withPage({
    referer: { mode: 'deny', referers: ['evil.example.com'], blank: true },
  });
  const from = async (page: string, referer: string) =>
    (await server.get(`/${page}/${video.id}`, { headers: { referer } })).status;
  assert.equal(await from('embed', 'https://evil.example.com/'), 403);
  assert.equal(await from('embed', 'https://shop.example.com/'), 200);
  // A link is no frame.
  assert.equal(await from('play', 'https://evil.example.com/'), 200);
});
