/** The service's own key server, and what playlists say to who asked with a token. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { type PlayAccess, signedQuery } from '@openvod/contract/v2/signature/play-address.ts';
import { playerSignature } from '@openvod/contract/v2/signature/player-signature.ts';
import type { Output, Video } from '../../library/index.ts';
import type { ProtectionRules } from '../protection/rules.ts';
import { type Fixture, serve } from '../testing/fixture.ts';

const KEY = 'testtest42';
const APP = '1250000001';
const ID = '5285890784';
const FOLDER = `vod${APP}/${ID}`;
const EDK = 'AAAA+/BB==';
const OWN = 'http://media.example.com/drm/getkey';
const bytes = randomBytes(16);

const later = (ms = 3600_000) => Math.floor((Date.now() + ms) / 1000).toString(16);
const signed = (access: Partial<PlayAccess> = {}, key = KEY) =>
  signedQuery(key, `/${FOLDER}/`, { t: later(), us: 'a1', ...access });
const about = (keyUrl: string, edk = EDK) =>
  `${keyUrl}?edk=${encodeURIComponent(edk)}&fileId=${ID}&keySource=VodBuildInKMS`;
const ask = (more = '', edk = EDK) => `${about('/drm/getkey', edk)}${more === '' ? '' : `&${more}`}`;

const playlist = (keyUrl: string) =>
  `#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI="${about(keyUrl)}",IV=0x0\n#EXTINF:10.000,\nf0.f210.ts?start=0&end=15&type=mpegts\n#EXTINF:10.000,\nf0.f210.ts?start=16&end=31&type=mpegts\n#EXT-X-ENDLIST\n`;
const MASTER = '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nf0.f210.m3u8\n';

async function open(rules: Partial<ProtectionRules> = {}, keyUrl = OWN): Promise<Fixture> {
  const server = await serve({ rules });
  const encryption = { definition: 10, keyUrl, edk: EDK };
  const output = (kind: Output['kind'], definition: number, name: string, details: object | null) =>
    ({
      kind,
      definition,
      number: 0,
      name,
      details,
      width: 320,
      height: 180,
      bitrate: 1,
      info: null,
    }) as Output;
  const video = { id: ID, appId: APP, name: 'secret', status: 'normal', coverKey: null, durationMs: 20_000 };
  server.videos.set(ID, {
    video: video as Video,
    outputs: [
      output('source', 0, 'f0.mp4', null),
      output('transcode', 210, 'f0.f210.m3u8', { encryption }),
      output('masterPlaylist', 0, 'master_playlist.m3u8', { encryption }),
    ],
  });
  server.keys.set(EDK, { appId: APP, videoId: ID, bytes });
  await server.store.put(`${FOLDER}/f0.f210.m3u8`, Buffer.from(playlist(keyUrl)));
  await server.store.put(`${FOLDER}/f0.f210.ts`, Buffer.alloc(32, 1));
  await server.store.put(`${FOLDER}/master_playlist.m3u8`, Buffer.from(MASTER));
  return server;
}

const terms = { appId: APP, videoId: ID, endsAt: Date.now() + 60_000 };

test('the key is given to who has a token of ours for the video, and to nobody else', async () => {
  await using server = await open();
  const token = server.tokens.issue(terms, Date.now());
  const good = await server.get(ask(`token=${token}`));
  assert.equal(good.status, 200);
  assert.deepEqual(good.body, bytes);
  assert.equal(good.headers['cache-control'], 'private, no-store');
  assert.equal(good.headers['access-control-allow-origin'], '*');
  assert.equal(good.headers['content-type'], 'application/octet-stream');
  const over = server.tokens.issue({ ...terms, endsAt: Date.now() - 1000 }, Date.now());
  const elsewhere = server.tokens.issue({ ...terms, videoId: '7' }, Date.now());
  const cases: [target: string, status: number][] = [
    [ask(), 403],
    [ask('token='), 403],
    [ask('token=abc'), 403],
    [ask(`token=${over}`), 403],
    [ask(`token=${elsewhere}`), 403],
    [ask(`token=${token}&token=${token}`), 403],
    [ask(signed()), 403],
    [ask(`token=${token}`, 'another'), 404],
    [ask(`token=${token}`).replace(ID, '7'), 404],
    ['/drm/getkey', 404],
    [`/drm/getkey?token=${token}&edk=a&edk=b`, 404],
  ];
  for (const [target, status] of cases) {
    const answer = await server.get(target);
    assert.equal(answer.status, status, target);
    assert.equal(answer.body.length, 0);
  }
  server.videos.delete(ID);
  assert.equal((await server.get(ask(`token=${token}`))).status, 404);
});

test('under Key protection a signed address admits, by its time, its clients and its referer', async () => {
  await using server = await open({ key: KEY });
  const cases: [target: string, status: number][] = [
    [ask(), 403],
    [ask(signed()), 200],
    [ask(signed({ exper: '30' })), 200],
    [ask(signed({ rlimit: '1' })), 200],
    [ask(signed({}, 'another1')), 403],
    [ask(signed({ t: later(-400_000) })), 403],
  ];
  for (const [target, status] of cases) assert.equal((await server.get(target)).status, status, target);
  await using picky = await open({
    key: KEY,
    referer: { mode: 'allow', referers: ['example.com'], blank: false },
  });
  const from = (referer: string) => picky.get(ask(signed()), { headers: { referer } });
  assert.equal((await from('https://example.com/page')).status, 200);
  assert.equal((await from('https://evil.example.net/')).status, 403);
  assert.equal((await picky.get(ask(signed()))).status, 403);
});

test('a playlist hands the token on to the key, a master playlist to its variants', async () => {
  for (const keyUrl of [OWN, 'https://keys.example.com/get']) {
    await using server = await open({}, keyUrl);
    const get = async (name: string) => {
      const { status, headers, body } = await server.get(`/${FOLDER}/${name}`);
      assert.equal(status, 200, name);
      return { text: String(body), caching: headers['cache-control'], etag: headers.etag };
    };
    const plain = await get('f0.f210.m3u8');
    assert.equal(plain.text, playlist(keyUrl));
    assert.match(plain.caching!, /public/);
    const asked = await get('voddrm.token.a%3Db.f0.f210.m3u8');
    assert.equal(asked.text, playlist(keyUrl).replace('VodBuildInKMS', 'VodBuildInKMS&token=a%3Db'));
    assert.match(asked.caching!, /private/);
    const other = await get('voddrm.token.c.f0.f210.m3u8');
    assert.match(other.text, /&token=c"/);
    assert.equal(new Set([plain.etag, asked.etag, other.etag]).size, 3);
    assert.deepEqual(await get('voddrm.token.a%3Db.f0.f210.m3u8'), asked);
    const master = await get('voddrm.token.a%3Db.master_playlist.m3u8');
    assert.equal(master.text, MASTER.replace('f0.f210', 'voddrm.token.a%3Db.f0.f210'));
    assert.equal((await get('master_playlist.m3u8')).text, MASTER);
    await server.stop();
    const logs = await readdir(server.accessLogDir, { recursive: true });
    const lines = await Promise.all(
      logs
        .filter((name) => name.endsWith('.log'))
        .map((name) => readFile(path.join(server.accessLogDir, name), 'utf8')),
    );
    assert.match(lines.join(''), /f0\.f210\.m3u8/);
    assert.doesNotMatch(lines.join(''), /voddrm|a%3Db/);
  }
});

test('under Key protection the signature goes with the token, and to our key server, never to that of others', async () => {
  for (const keyUrl of [OWN, 'https://keys.example.com/get']) {
    await using server = await open({ key: KEY }, keyUrl);
    const query = signed();
    const get = (name: string) => server.get(`/${FOLDER}/${name}?${query}`);
    const carried = keyUrl === OWN ? `&${query}` : '';
    const expected = playlist(keyUrl).replaceAll('type=mpegts', `type=mpegts&${query}`);
    const plain = String((await get('f0.f210.m3u8')).body);
    assert.equal(plain, expected.replace('VodBuildInKMS', `VodBuildInKMS${carried}`));
    const asked = String((await get('voddrm.token.abc.f0.f210.m3u8')).body);
    assert.equal(asked, expected.replace('VodBuildInKMS', `VodBuildInKMS&token=abc${carried}`));
    const master = String((await get('voddrm.token.abc.master_playlist.m3u8')).body);
    assert.equal(master, MASTER.replace('f0.f210.m3u8', `voddrm.token.abc.f0.f210.m3u8?${query}`));
    assert.equal((await server.get(`/${FOLDER}/voddrm.token.abc.f0.f210.m3u8`)).status, 403);
    if (keyUrl !== OWN) continue;
    const uri = /URI="([^"]*)"/.exec(plain)![1]!;
    assert.deepEqual((await server.get(uri.slice('http://media.example.com'.length))).body, bytes);
  }
});

test('a preview ends an encrypted playlist, and its bytes, where it ends', async () => {
  await using server = await open({ key: KEY });
  const query = signedQuery(KEY, `/${FOLDER}/`, { t: later(), exper: '10', us: 'a1' });
  const text = String((await server.get(`/${FOLDER}/voddrm.token.abc.f0.f210.m3u8?${query}`)).body);
  assert.equal(text.match(/#EXTINF/g)?.length, 1);
  assert.match(text, /#EXT-X-KEY.*&token=abc/);
  assert.match(text, /#EXT-X-ENDLIST\n$/);
  const slice = (start: number, end: number) =>
    server.get(`/${FOLDER}/f0.f210.ts?start=${start}&end=${end}&type=mpegts&${query}`);
  assert.equal((await slice(0, 15)).status, 200);
  assert.equal((await slice(16, 31)).status, 403);
});

const page = async (server: Fixture, query = '') => {
  const shown = await server.get(`/play/${ID}${query}`);
  const info = JSON.parse(String((await server.get(`/play/${ID}/info.json${query}`)).body));
  return { info, policy: String(shown.headers['content-security-policy']) };
};

test('the player page has a token for our key server, if it may play; its source is out of its reach', async () => {
  const tokenIn = (url: string) => /voddrm\.token\.([^.]+)\./.exec(url)?.[1];
  const psign = (key: string) =>
    `?psign=${playerSignature({ key, appId: APP, fileId: ID, expiresAt: new Date(Date.now() + 60_000) })}`;
  const cases: [rules: Partial<ProtectionRules>, query: string, admitted: boolean][] = [
    [{}, '', true],
    [{ openPage: false }, '', false],
    [{ openPage: false, playKey: KEY }, psign(KEY), true],
    [{ playKey: KEY }, psign('another1'), false],
    [{ openPage: false }, psign(KEY), false],
  ];
  for (const [rules, query, admitted] of cases) {
    await using server = await open(rules);
    const { info, policy } = await page(server, query);
    assert.equal(info.kind, 'hls');
    assert.match(policy, /connect-src 'self' http:\/\/media\.example\.com;/);
    const token = tokenIn(info.url);
    assert.equal(token !== undefined, admitted, JSON.stringify([rules, query]));
    if (token) assert.deepEqual((await server.get(ask(`token=${token}`))).body, bytes);
  }
  await using elsewhere = await open({}, 'https://keys.example.com/get');
  const { info, policy } = await page(elsewhere);
  assert.equal(tokenIn(info.url), undefined);
  assert.match(policy, /connect-src 'self' https:\/\/keys\.example\.com;/);
  await using byKey = await open({ key: KEY });
  assert.match((await page(byKey)).info.url, /\/master_playlist\.m3u8\?t=/);
});
