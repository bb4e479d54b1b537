/** The player page in a real browser: a ladder plays, quality is switched, and what cannot play says why. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { type Fixture, serve } from '../packages/server/delivery/testing/fixture.ts';
import type { Output, Video } from '../packages/server/library/index.ts';
import {
  type MediaInfo,
  type OutputSpec,
  planTranscode,
  probe,
  transcode,
} from '../packages/server/media/index.ts';
import { findChromium, launch } from './testing/chromium.ts';

const APP = '1250000001';
const TITLE = 'Rocks & <b>Waves</b> "1"';

const audio = { codec: 'aac', bitrate: 48_000, channels: 2, sampleRate: 44_100 } as const;
const rung = (id: number, container: 'mp4' | 'hls', width: number, height: number, bitrate: number) =>
  ({
    id,
    container,
    audio,
    video: {
      codec: 'h264',
      width,
      height,
      selfAdapting: false,
      fps: 24,
      bitrate,
      profile: 'main',
      gopFrames: 48,
    },
  }) satisfies OutputSpec;
const LADDER = [
  rung(210, 'hls', 256, 144, 150_000),
  rung(220, 'hls', 640, 360, 400_000),
  rung(20, 'mp4', 640, 360, 400_000),
];

async function makeSource(folder: string): Promise<string> {
  const file = path.join(folder, 'source.mp4');
  const inputs =
    '-f lavfi -i testsrc2=size=640x360:rate=24:duration=20 -f lavfi -i sine=frequency=330:duration=20';
  const encoding = '-c:v libx264 -preset ultrafast -pix_fmt yuv420p -g 48 -c:a aac -movflags +faststart';
  await promisify(execFile)('ffmpeg', ['-v', 'error', ...`${inputs} ${encoding}`.split(' '), file]);
  return file;
}

/** Puts the files of a video into the store and says what the library would say of them. */
async function publish(server: Fixture, id: string, source: string, folder: string): Promise<Output[]> {
  const plan = planTranscode(await probe(source, { keyFrames: true }), LADDER, { masterPlaylist: true });
  const outputs: Output[] = [];
  for (const output of await transcode(source, plan, folder)) {
    for (const file of output.files) await server.store.putFile(`vod${APP}/${id}/${file.name}`, file.path);
    const kind = output.definition === null ? 'masterPlaylist' : 'transcode';
    const main = output.files.find(({ role }) => role === 'main')!;
    outputs.push(outputOf(kind, output.definition ?? 0, main.name, output.info));
  }
  return outputs;
}

function outputOf(kind: Output['kind'], definition: number, name: string, info: MediaInfo): Output {
  const { container, bitrate, size, durationMs, video } = info;
  const [picture] = video;
  const [width, height] = [picture?.displayWidth ?? 0, picture?.displayHeight ?? 0];
  const videoBitrate = picture?.bitrate ?? 0;
  return {
    ...{ kind, definition, number: 0, name, run: null, container, bitrate, videoBitrate, width, height },
    ...{ size, totalSize: size, durationMs, md5: '', info, details: null },
  };
}

function video(id: string, changes: Partial<Video> = {}): Video {
  return {
    ...{ id, appId: APP, name: TITLE, description: '', classId: 0, status: 'normal', type: 'mp4', size: 1 },
    ...{ durationMs: 20_000, sha1: '', md5: '', sourceKey: `vod${APP}/${id}/f0.mp4`, coverKey: null },
    ...{ createdAt: 0, updatedAt: 0, expiresAt: null, sourceType: 'ServerUpload', sourceContext: '' },
    ...{ tags: [], info: null },
    ...changes,
  };
}

/** What the tests look at of a video element; Node's types know no DOM. */
interface Player {
  currentTime: number;
  videoHeight: number;
  play(): Promise<void>;
}

const player = (page: Page) => page.locator('video');
const play = (page: Page) => player(page).evaluate((element) => (element as unknown as Player).play());

function state(page: Page): Promise<{ time: number; height: number }> {
  return player(page).evaluate((element) => {
    const { currentTime, videoHeight } = element as unknown as Player;
    return { time: currentTime, height: videoHeight };
  });
}

/** Resolves once the browser has played beyond `time` (s), with a picture of this height (px) if it matters. */
async function playsBeyond(page: Page, time: number, height?: number): Promise<void> {
  for (;;) {
    const now = await state(page);
    if (now.time > time && now.height === (height ?? now.height)) return;
    await sleep(50);
  }
}

const executable = await findChromium();
const skip = executable === null && 'no Chromium on this machine';

describe('player page in Chromium', { skip, timeout: 240_000 }, () => {
  let folder: string;
  let server: Fixture;
  let browser: Browser;
  let source: string;
  let ladder: Output[];

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'openvod-play-'));
    [server, browser, source] = await Promise.all([serve(), launch(executable!), makeSource(folder)]);
    ladder = await publish(server, '1', source, folder);
    server.videos.set('1', { video: video('1'), outputs: ladder });
  });

  after(async () => {
    await browser?.close();
    await server?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  /** Opens the page of a video and collects what it asks for and what it complains of. */
  async function open(id: string, locale = 'en-US') {
    const context = await browser.newContext({ locale });
    const page = await context.newPage();
    const [requests, complaints]: string[][] = [[], []];
    page.on('request', (request) => requests!.push(request.url()));
    page.on('console', (message) => message.type() === 'error' && complaints!.push(message.text()));
    page.on('pageerror', (error) => complaints!.push(String(error)));
    await page.goto(`${server.origin}/play/${id}`);
    return {
      page,
      requests: requests!,
      complaints: complaints!,
      [Symbol.asyncDispose]: () => context.close(),
    };
  }

  test('a page of another origin shows the embeddable player, and not the player page', async () => {
    const html = `<iframe src="${server.origin}/embed/1"></iframe><iframe src="${server.origin}/play/1"></iframe>`;
    const elsewhere = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end(html);
    });
    elsewhere.listen(0, '127.0.0.1');
    await once(elsewhere, 'listening');
    await using opened = await open('1');
    const { page } = opened;
    try {
      await page.goto(`http://localhost:${(elsewhere.address() as AddressInfo).port}/`);
      const [embedded, refused] = page.frames().filter((frame) => frame.parentFrame() !== null);
      const video = embedded!.locator('video');
      await video.evaluate((element) => (element as unknown as Player).play());
      await video.evaluate(
        (element) =>
          new Promise<void>((resolve) => {
            const played = setInterval(() => {
              if ((element as unknown as Player).currentTime < 0.5) return;
              clearInterval(played);
              resolve();
            }, 50);
          }),
      );
      assert.equal(await embedded!.locator('h1').isVisible(), false);
      assert.equal(await refused!.locator('video').count(), 0);
    } finally {
      elsewhere.closeAllConnections();
      elsewhere.close();
    }
  });

  test('the ladder plays, and switches quality both ways', async () => {
    await using opened = await open('1');
    const { page, requests, complaints } = opened;
    const quality = page.getByLabel('Quality');
    await quality.waitFor();
    assert.deepEqual(await quality.locator('option').allTextContents(), ['Auto', '360p', '144p']);
    assert.equal(await page.title(), TITLE);
    assert.equal(await page.locator('h1').textContent(), TITLE);
    await play(page);
    await playsBeyond(page, 0.5);
    assert.ok(requests.some((url) => url.endsWith('/master_playlist.m3u8')));

    for (const [label, definition, height] of [
      ['144p', 210, 144],
      ['360p', 220, 360],
    ] as const) {
      const asked = requests.length;
      const { time } = await state(page);
      await quality.selectOption({ label });
      await playsBeyond(page, time + 0.5, height);
      const current = page.locator('#current', { hasText: `× ${height}` });
      await current.waitFor();
      const segments = requests.filter((url) => url.includes(`/f0.f${definition}.ts?start=`));
      assert.ok(segments.length > 0, `${requests.slice(asked)}`);
    }
    assert.deepEqual(complaints, []);
  });

  test('an MP4 source plays before anything is transcoded', async () => {
    const key = `vod${APP}/2/f0.mp4`;
    const rendition = ladder.find(({ definition }) => definition === 20)!;
    await using file = await server.store.localFile(`vod${APP}/1/${rendition.name}`);
    const info = await probe(file.path);
    await server.store.put(key, createReadStream(file.path));
    const outputs = [outputOf('source', 0, 'f0.mp4', info)];
    server.videos.set('2', { video: video('2', { status: 'transcoding' }), outputs });
    await using opened = await open('2');
    await opened.page.locator('#notice').waitFor({ state: 'hidden' });
    await play(opened.page);
    await playsBeyond(opened.page, 0.5);
    assert.deepEqual(opened.complaints, []);
  });

  test('a video in the making starts by itself once it is ready', async () => {
    server.videos.set('3', { video: video('3', { status: 'transcoding' }), outputs: [] });
    await using opened = await open('3', 'zh-CN');
    await opened.page.getByText('视频正在处理').waitFor();
    const outputs = await publish(server, '3', source, await mkdtemp(path.join(folder, 'ladder-')));
    server.videos.set('3', { video: video('3'), outputs });
    await opened.page.getByLabel('清晰度').waitFor();
    await play(opened.page);
    await playsBeyond(opened.page, 0.2);
  });

  test('what cannot play says why', async () => {
    const info = { ...(await probe(source)), browserPlayable: false };
    const outputs = [outputOf('source', 0, 'f0.avi', info)];
    server.videos.set('4', { video: video('4'), outputs });
    server.videos.set('5', { video: video('5', { status: 'transcodeFailed' }), outputs });
    for (const [id, words] of [
      ['4', 'Browsers cannot play this file'],
      ['5', 'This video could not be processed'],
      ['6', 'No such video'],
    ] as const) {
      await using opened = await open(id);
      await opened.page.getByRole('heading', { name: words, level: 2 }).waitFor();
      assert.equal(await opened.page.locator('#choice').isVisible(), false);
    }
  });

  test('an interrupted playback can be tried again', async () => {
    await using opened = await open('1');
    const { page } = opened;
    await page.getByLabel('Quality').waitFor();
    await page.route('**/*.m3u8', (route) => route.abort());
    await page.reload();
    const retry = page.getByRole('button', { name: 'Try again' });
    await retry.waitFor();
    await page.unroute('**/*.m3u8');
    await retry.click();
    await page.getByLabel('Quality').waitFor();
    await play(page);
    await playsBeyond(page, 0.2);
  });
});
