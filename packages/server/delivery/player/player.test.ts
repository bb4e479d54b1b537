import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Output, Video } from '../../library/index.ts';
import { serve } from '../testing/fixture.ts';
import { escapeHtml, playerPage } from './page.ts';
import { playbackOf } from './playback.ts';
import { textsFor } from './texts.ts';

const video = (changes: Partial<Video> = {}) =>
  ({ id: '2', appId: '1', name: 'A <film>', status: 'normal', coverKey: null, ...changes }) as Video;

const rendition = (kind: Output['kind'], name: string, height = 0, browserPlayable = false) =>
  ({ kind, name, width: height * 2, height, bitrate: height * 1000, info: { browserPlayable } }) as Output;

const [master, low, high] = [
  rendition('masterPlaylist', 'master_playlist.m3u8', 720),
  rendition('transcode', 'f0.f210.m3u8', 180),
  rendition('transcode', 'f0.f230.m3u8', 720),
];
const mp4 = rendition('transcode', 'f0.f20.mp4', 360);
const flv = rendition('transcode', 'f0.f10046.flv', 360);
const source = (playable: boolean) => rendition('source', 'f0.mp4', 1080, playable);

test('what is played: the master playlist, else the best HLS, else MP4s', () => {
  const urlOf = (...renditions: Output[]) => {
    const playback = playbackOf(video(), renditions);
    if (playback.state !== 'ready') return playback.state;
    return playback.kind === 'hls' ? playback.url : playback.files.map(({ url }) => url).join();
  };
  assert.equal(urlOf(source(true), mp4, low!, high!, master!), '../vod1/2/master_playlist.m3u8');
  assert.equal(urlOf(source(true), mp4, low!, high!), '../vod1/2/f0.f230.m3u8');
  assert.equal(urlOf(source(true), mp4, flv), '../vod1/2/f0.mp4,../vod1/2/f0.f20.mp4');
  assert.equal(urlOf(source(false), mp4), '../vod1/2/f0.f20.mp4');
  assert.equal(urlOf(source(false), flv), 'unplayable');
});

test('what cannot be played says why', () => {
  const states = (['normal', 'waiting', 'transcoding', 'transcodeFailed'] as const).map(
    (status) => playbackOf(video({ status }), [source(false)]).state,
  );
  assert.deepEqual(states, ['unplayable', 'processing', 'processing', 'failed']);
});

test('the page speaks Chinese to those who prefer it, else English', () => {
  const cases: [string | undefined, string][] = [
    [undefined, 'en'],
    ['', 'en'],
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh-CN'],
    ['en-GB,en;q=0.9,zh;q=0.8', 'en'],
    ['de,zh;q=0.5,en;q=0.4', 'zh-CN'],
    ['zh;q=0', 'en'],
    ['fr', 'en'],
    [';;;q=,,', 'en'],
  ];
  for (const [header, language] of cases) assert.equal(textsFor(header).language, language, header);
});

test('a title is text, whatever it holds', () => {
  const title = `</title><script>alert('1')</script>"&`;
  const page = playerPage(title, 'assets/1', textsFor('en'));
  assert.equal(page.includes('<script>'), false);
  assert.equal(page.split(escapeHtml(title)).length, 3);
  assert.equal(escapeHtml(title), '&lt;/title&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&quot;&amp;');
});

test('page, data and files come with their policies; what is not there is 404', async () => {
  await using server = await serve();
  server.videos.set('2', { video: video({ coverKey: 'vod1/2/9.jpg' }), outputs: [master!] });
  const page = await server.get('/play/2', { headers: { 'accept-language': 'zh' } });
  assert.equal(page.status, 200);
  const policy = String(page.headers['content-security-policy']);
  assert.match(policy, /default-src 'none'/);
  assert.doesNotMatch(policy, /unsafe/);
  assert.match(String(page.body), /<html lang="zh-CN">[\s\S]*A &lt;film&gt;/);
  const info = await server.get('/play/2/info.json');
  assert.deepEqual(JSON.parse(String(info.body)), {
    title: 'A <film>',
    poster: '../vod1/2/9.jpg',
    state: 'ready',
    kind: 'hls',
    url: '../vod1/2/master_playlist.m3u8',
  });
  const [, script] = /src="([^"]+player\.js)"/.exec(String(page.body))!;
  for (const name of ['player.js', 'player.css', 'hls.js', 'hls.worker.js']) {
    const path = `/play/${script!.replace('player.js', name)}`;
    const zipped = await server.get(path, { headers: { 'accept-encoding': 'gzip' } });
    assert.equal(zipped.headers['content-encoding'], 'gzip');
    const plain = await server.get(path);
    assert.match(plain.headers['cache-control']!, /immutable/);
    assert.ok(plain.body.length > zipped.body.length);
  }
  for (const path of [
    '/play/3',
    '/play/3/info.json',
    '/play/assets/1/x.js',
    '/play/assets/1/..%2froutes.ts',
  ]) {
    assert.equal((await server.get(path)).status, 404, path);
  }
});
