import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type PlayAccess,
  playInfoSignature,
  signedQuery,
} from '@openvod/contract/v2/signature/play-address.ts';
import { playerSignature, signPlayerClaims } from '@openvod/contract/v2/signature/player-signature.ts';
import type { Output, Video } from '../../../library/index.ts';
import type { ProtectionRules } from '../../protection/rules.ts';
import { type Fixture, serve } from '../../testing/fixture.ts';

const KEY = 'testtest42';
const APP = '1250000001';
const ID = '5285890784';
const FOLDER = `/vod${APP}/${ID}/`;
const ORIGIN = 'http://media.example.com';

const video = {
  ...{ id: ID, appId: APP, name: 'demo', description: 'a film', status: 'normal' },
  ...{ coverKey: `vod${APP}/${ID}/1.jpg`, durationMs: 60_020, size: 1_000_000 },
} as Video;
const output = (kind: Output['kind'], definition: number, name: string, height: number) =>
  ({
    ...{ kind, definition, name, height, width: (height * 16) / 9, bitrate: height * 1000 },
    ...{ durationMs: 60_020, size: 200, totalSize: height * 100 },
  }) as Output;
const source = output('source', 0, 'f0.mp4', 720);
const mp4 = output('transcode', 20, 'f0.f20.mp4', 360);
const hls = output('transcode', 230, 'f0.f230.m3u8', 720);
const master = output('masterPlaylist', 0, 'master_playlist.m3u8', 720);

async function open(
  rules: Partial<ProtectionRules> = {},
  outputs = [source, mp4, hls, master],
): Promise<Fixture> {
  const server = await serve({ rules });
  server.videos.set(ID, { video, outputs });
  return server;
}

async function ask(server: Fixture, target: string) {
  const { status, headers, body } = await server.get(`/getplayinfo/${target}`);
  assert.equal(status, 200);
  assert.equal(headers['access-control-allow-origin'], '*');
  assert.equal(headers['cache-control'], 'no-store');
  const { requestId, ...answer } = JSON.parse(String(body));
  assert.equal(typeof requestId, 'string');
  return answer;
}

const inAnHour = () => Math.floor(Date.now() / 1000 + 3600).toString(16);

test('version 2 tells what there is, by the names that players read', async () => {
  await using server = await open();
  const shown = (one: Output) => ({
    ...{
      url: `${ORIGIN}${FOLDER}${one.name}`,
      definition: one.definition,
      duration: 60,
      floatDuration: 60.02,
    },
    ...{ size: one.totalSize, width: one.width, height: one.height, bitrate: one.bitrate },
  });
  assert.deepEqual(await ask(server, `v2/${APP}/${ID}`), {
    code: 0,
    message: '',
    coverInfo: { coverUrl: `${ORIGIN}${FOLDER}1.jpg` },
    playerInfo: {
      defaultVideoClassification: 'HD',
      videoClassification: [
        { id: 'SD', name: 'SD', definitionList: [20] },
        { id: 'HD', name: 'HD', definitionList: [230] },
      ],
    },
    videoInfo: {
      basicInfo: { name: 'demo', description: 'a film' },
      sourceVideo: shown(source),
      transcodeList: [shown(mp4), shown(hls)],
      masterPlayList: { url: `${ORIGIN}${FOLDER}master_playlist.m3u8` },
    },
  });
});

test('version 2 under Key protection wants its own signature, and gives signed addresses', async () => {
  await using server = await open({ key: KEY });
  const t = inAnHour();
  const query = (access: PlayAccess, sent: Partial<PlayAccess> = access) => {
    const sign = playInfoSignature(KEY, { appId: APP, fileId: ID, ...access });
    const { exper } = sent;
    return `v2/${APP}/${ID}?t=${access.t}&us=${access.us}${exper === undefined ? '' : `&exper=${exper}`}&sign=${sign}`;
  };
  const signed = (access: PlayAccess) => `${ORIGIN}${FOLDER}f0.mp4?${signedQuery(KEY, FOLDER, access)}`;
  const cases: [target: string, code: number, url?: string][] = [
    [query({ t, us: 'a1' }), 0, signed({ t, us: 'a1' })],
    // Both forms of no preview.
    [query({ t, us: 'a1' }, { exper: '0' }), 0, signed({ t, us: 'a1' })],
    [query({ t, exper: '0', us: 'a1' }), 0, signed({ t, us: 'a1' })],
    [query({ t, exper: '30', us: 'a1' }), 0, signed({ t, exper: '30', us: 'a1' })],
    [query({ t, exper: '29', us: 'a1' }), 1002],
    [query({ t, exper: '61', us: 'a1' }), 1002],
    [query({ t, us: 'a1' }, { exper: '30' }), 403],
    [query({ t: '5a71afc0', us: 'a1' }), 403],
    [`${query({ t, us: 'a1' })}`.replace('us=a1', 'us=b1'), 403],
    [`v2/${APP}/${ID}`, 403],
    [`v2/7/${ID}`, 10008],
  ];
  for (const [target, code, url] of cases) {
    const answer = await ask(server, target);
    assert.equal(answer.code, code, target);
    if (url) assert.equal(answer.videoInfo.sourceVideo.url, url);
    else assert.equal(JSON.stringify(answer).includes('f0.'), false);
  }
});

const claims = (contentInfo?: object, more: object = {}) =>
  signPlayerClaims(KEY, {
    ...{
      appId: Number(APP),
      fileId: ID,
      currentTimeStamp: Math.floor(Date.now() / 1000),
      contentInfo,
      ...more,
    },
  });

test('version 4 gives what its signature asks for, or says which part of it is missing', async () => {
  await using server = await open({ key: KEY });
  const query = signedQuery(KEY, FOLDER, { t: 'ffffffff' });
  const basicInfo = { name: 'demo', description: 'a film', duration: 60.02, size: 1_000_000 };
  const media = (audioVideoType: string, what: object) => ({
    ...{ code: 0, message: '', version: 4 },
    media: { basicInfo: { ...basicInfo, coverUrl: `${ORIGIN}${FOLDER}1.jpg` }, audioVideoType, ...what },
  });
  const adaptive = (resolutionName: string) => {
    const url = `${ORIGIN}${FOLDER}master_playlist.m3u8?${query}`;
    const subStreams = [{ type: 'video', width: 1280, height: 720, resolutionName }];
    return media('AdaptiveDynamicStream', {
      streamingInfo: { plainOutput: { type: 'plain', url, subStreams } },
    });
  };
  const resolutionNames = [{ MinEdgeLength: 720, Name: 'HD' }];
  const cases: [content: object | undefined, answer: object | number][] = [
    [undefined, adaptive('720P')],
    [{ audioVideoType: 'RawAdaptive', rawAdaptiveDefinition: 10 }, adaptive('720P')],
    [{ audioVideoType: 'RawAdaptive', rawAdaptiveDefinition: 10, resolutionNames }, adaptive('HD')],
    [
      { audioVideoType: 'Transcode', transcodeDefinition: 20 },
      media('Transcode', { transcodeInfo: { url: `${ORIGIN}${FOLDER}f0.f20.mp4?${query}` } }),
    ],
    [
      { audioVideoType: 'Original' },
      media('Original', { originalInfo: { url: `${ORIGIN}${FOLDER}f0.mp4?${query}` } }),
    ],
    [{ audioVideoType: 'RawAdaptive' }, 1015],
    [{ audioVideoType: 'RawAdaptive', rawAdaptiveDefinition: 11 }, 1005],
    [{ audioVideoType: 'Transcode' }, 1017],
    [{ audioVideoType: 'Transcode', transcodeDefinition: 99 }, 1010],
    [{ audioVideoType: 'ProtectedAdaptive' }, 1016],
    [{ audioVideoType: 'ProtectedAdaptive', drmAdaptiveInfo: { privateEncryptionDefinition: 12 } }, 1005],
    [{ audioVideoType: 'Nonsense' }, 1014],
  ];
  for (const [content, expected] of cases) {
    const answer = await ask(server, `v4/${APP}/${ID}?psign=${claims(content)}`);
    if (typeof expected === 'number') assert.equal(answer.code, expected, JSON.stringify(content));
    else assert.deepEqual(answer, expected);
  }
});

test('version 4 wants a good signature under Key protection, and lets its addresses say what it says', async () => {
  await using server = await open({ key: KEY });
  const terms = { key: KEY, appId: APP, fileId: ID, expiresAt: new Date(Date.now() + 60_000) };
  const cases: [query: string, code: number][] = [
    ['', 1009],
    ['?psign=', 1009],
    ['?psign=nonsense', 1009],
    ['?psign=a&psign=b', 1006],
    [`?psign=${playerSignature(terms)}`, 0],
    [`?psign=${playerSignature({ ...terms, key: 'another1' })}`, 1009],
    [`?psign=${playerSignature({ ...terms, fileId: '7' })}`, 1009],
    [`?psign=${playerSignature({ ...terms, expiresAt: new Date(Date.now() - 60_000) })}`, 1009],
    [`?psign=${playerSignature({ ...terms, previewSeconds: 61 })}`, 1002],
  ];
  for (const [query, code] of cases)
    assert.equal((await ask(server, `v4/${APP}/${ID}${query}`)).code, code, query);
  const missing = playerSignature({ ...terms, fileId: '7' });
  assert.equal((await ask(server, `v4/${APP}/7?psign=${missing}`)).code, 1001);

  const urlAccessInfo = { t: inAnHour(), exper: 30, rlimit: 2, us: 'a1' };
  // What stands beside psign does not count.
  const { media } = await ask(
    server,
    `v4/${APP}/${ID}?psign=${claims(undefined, { urlAccessInfo })}&exper=0&rlimit=9`,
  );
  const access = { ...urlAccessInfo, exper: '30', rlimit: '2' };
  const { url } = media.streamingInfo.plainOutput;
  assert.equal(url, `${ORIGIN}${FOLDER}master_playlist.m3u8?${signedQuery(KEY, FOLDER, access)}`);
  await server.store.put(`vod${APP}/${ID}/master_playlist.m3u8`, Buffer.from('#EXTM3U\n'));
  assert.equal((await server.get(url.slice(ORIGIN.length))).status, 200);
});

test('a play key signs in the place of the other; without any nothing is signed, and nothing need be', async () => {
  await using keyed = await open({ key: KEY, playKey: 'playplay1' });
  const terms = { appId: APP, fileId: ID, expiresAt: new Date(Date.now() + 60_000) };
  const psign = (key: string) => `v4/${APP}/${ID}?psign=${playerSignature({ ...terms, key })}`;
  assert.equal((await ask(keyed, psign('playplay1'))).code, 0);
  assert.equal((await ask(keyed, psign(KEY))).code, 1009);
  await using open4 = await open({}, [source, mp4]);
  const answer = await ask(open4, `v4/${APP}/${ID}`);
  assert.deepEqual([answer.code, answer.version], [0, 2]);
  assert.equal(answer.videoInfo.sourceVideo.url, `${ORIGIN}${FOLDER}f0.mp4`);
  assert.equal((await ask(open4, psign(KEY))).code, 1020);
});

test('sprites and marks are told in the form of each version', async () => {
  const sheets = (definition: number) =>
    ({
      ...{
        kind: 'sprite',
        definition,
        container: 'jpg',
        name: `imageSprite/imageSprite_${definition}_0.jpg`,
      },
      details: { sheets: 2, count: 120, tile: { width: 142, height: 80 } },
    }) as unknown as Output;
  const shown = (definition: number) => ({
    webVttUrl: `${ORIGIN}${FOLDER}imageSprite/imageSprite_${definition}.vtt`,
    imageUrls: [0, 1].map((n) => `${ORIGIN}${FOLDER}imageSprite/imageSprite_${definition}_${n}.jpg`),
  });
  const marks = [
    { atMs: 0, content: 'start' },
    { atMs: 5500, content: '进球 50%' },
  ];
  const keyFrameDescInfo = {
    keyFrameDescList: [
      { timeOffset: 0, content: 'start' },
      { timeOffset: 5500, content: '%E8%BF%9B%E7%90%83%2050%25' },
    ],
  };
  await using server = await open({ key: KEY }, [source, master, sheets(10), sheets(20)]);
  server.videos.get(ID)!.marks = marks;
  const t = inAnHour();
  const sign = playInfoSignature(KEY, { appId: APP, fileId: ID, t, us: 'a1' });
  const two = await ask(server, `v2/${APP}/${ID}?t=${t}&us=a1&sign=${sign}`);
  assert.deepEqual(two.imageSpriteInfo, { imageSpriteList: [shown(10), shown(20)] });
  assert.deepEqual(two.keyFrameDescInfo, keyFrameDescInfo);
  const original = { audioVideoType: 'Original' };
  for (const [content, sprite] of [
    [undefined, shown(10)],
    [{ ...original, imageSpriteDefinition: 20 }, shown(20)],
    [{ ...original, imageSpriteDefinition: 30 }, undefined],
  ] as const) {
    const { media } = await ask(server, `v4/${APP}/${ID}?psign=${claims(content)}`);
    assert.deepEqual(media.imageSpriteInfo, sprite);
    assert.deepEqual(media.keyFrameDescInfo, keyFrameDescInfo);
  }
});

test('a player configuration of the older form is known by its name, and contentInfo takes its place', async () => {
  await using server = await open({ key: KEY });
  const cases: [query: string, code: number][] = [
    [`psign=${claims(undefined, { pcfg: 'Default' })}`, 0],
    [`psign=${claims(undefined, { pcfg: 'basicDrmPreset' })}`, 1005],
    [`psign=${claims(undefined, { pcfg: 'mine' })}`, 1019],
    [`psign=${claims({ audioVideoType: 'Original' }, { pcfg: 'mine' })}`, 0],
    [`psign=${claims()}&pcfg=mine`, 1019],
    [`psign=${claims(undefined, { pcfg: 'Default' })}&pcfg=mine`, 0],
    [`psign=${claims()}&pcfg=a&pcfg=b`, 1006],
  ];
  for (const [query, code] of cases)
    assert.equal((await ask(server, `v4/${APP}/${ID}?${query}`)).code, code, query);
});

test('when the library does not answer, so the player is told', async () => {
  await using server = await open();
  server.videos.get = () => {
    throw new Error('away');
  };
  assert.equal((await ask(server, `v2/${APP}/${ID}`)).code, 500);
});

const encryption = { definition: 10, keyUrl: `${ORIGIN}/drm/getkey`, edk: 'AAAA' };
const secretHls = { ...hls, details: { encryption } };
const secretMaster = { ...master, details: { encryption } };

test('once something is encrypted nobody is told where the source is', async () => {
  for (const rules of [{}, { key: KEY }]) {
    await using server = await open(rules, [source, mp4, secretHls, secretMaster]);
    const t = inAnHour();
    const sign = playInfoSignature(KEY, { appId: APP, fileId: ID, t, us: 'a1' });
    const { code, videoInfo } = await ask(server, `v2/${APP}/${ID}?t=${t}&us=a1&sign=${sign}`);
    assert.equal(code, 0);
    assert.deepEqual([videoInfo.sourceVideo.url, videoInfo.sourceVideo.height], ['', 720]);
    assert.doesNotMatch(JSON.stringify(videoInfo), /f0\.mp4/);
    assert.equal(videoInfo.transcodeList.length, 2);
  }
  await using server = await open({ playKey: KEY }, [source, secretHls, secretMaster]);
  const original = claims({ audioVideoType: 'Original' });
  assert.equal((await ask(server, `v4/${APP}/${ID}?psign=${original}`)).code, 1010);
});

test('version 4 gives what is encrypted to who has a signature, with a token that admits to its key', async () => {
  const protectedAdaptive = {
    ...{ audioVideoType: 'ProtectedAdaptive', drmAdaptiveInfo: { privateEncryptionDefinition: 12 } },
  };
  const subStreams = [{ type: 'video', width: 1280, height: 720, resolutionName: '720P' }];
  for (const rules of [{ playKey: KEY }, { key: KEY }]) {
    await using server = await open(rules, [source, mp4, secretHls, secretMaster]);
    assert.equal((await ask(server, `v4/${APP}/${ID}`)).code, 1009);
    const query = 'key' in rules ? `?${signedQuery(KEY, FOLDER, { t: 'ffffffff' })}` : '';
    for (const content of [undefined, protectedAdaptive]) {
      const { media, version } = await ask(server, `v4/${APP}/${ID}?psign=${claims(content)}`);
      assert.equal(version, 4);
      assert.equal(media.audioVideoType, 'AdaptiveDynamicStream');
      const { drmToken, ...streaming } = media.streamingInfo;
      const url = `${ORIGIN}${FOLDER}master_playlist.m3u8${query}`;
      assert.deepEqual(streaming, { drmOutput: [{ type: 'SimpleAES', url, subStreams }] });
      assert.equal(drmToken.split('~').length, 3);
      const of = { appId: APP, videoId: ID, now: Date.now() };
      assert.ok(server.tokens.admits(drmToken, of));
      assert.ok(!server.tokens.admits(drmToken, { ...of, now: Date.now() + 25 * 3600_000 }));
    }
    const raw = claims({ audioVideoType: 'RawAdaptive', rawAdaptiveDefinition: 10 });
    assert.equal((await ask(server, `v4/${APP}/${ID}?psign=${raw}`)).code, 1005);
    const one = claims({ audioVideoType: 'Transcode', transcodeDefinition: 230 });
    const { media } = await ask(server, `v4/${APP}/${ID}?psign=${one}`);
    assert.match(media.transcodeInfo.url, /\/voddrm\.token\.[\w~-]+\.f0\.f230\.m3u8/);
  }
  await using without = await open({ playKey: KEY }, [source, secretHls]);
  const alone = await ask(without, `v4/${APP}/${ID}?psign=${claims(protectedAdaptive)}`);
  assert.equal(alone.media.streamingInfo.drmOutput[0].url, `${ORIGIN}${FOLDER}f0.f230.m3u8`);
  const theirs = {
    ...secretHls,
    details: { encryption: { ...encryption, keyUrl: 'https://keys.example.com/' } },
  };
  await using elsewhere = await open({ playKey: KEY }, [source, theirs]);
  const answer = await ask(elsewhere, `v4/${APP}/${ID}?psign=${claims(protectedAdaptive)}`);
  assert.equal('drmToken' in answer.media.streamingInfo, false);
  await using unsigned = await open({}, [source, secretHls]);
  assert.equal((await ask(unsigned, `v4/${APP}/${ID}?psign=${claims(protectedAdaptive)}`)).code, 1020);
});
