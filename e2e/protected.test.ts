/** Protection that is switched on while the service runs: what the SDK signs plays, and so does the player page. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { playerSignature, signPlayUrl } from '../packages/sdk/src/index.ts';
import { type RunningService, startService } from './harness.ts';
import { findChromium, launch } from './testing/chromium.ts';
import { clip, decode } from './testing/clips.ts';
import { becomes, fetched } from './testing/fetched.ts';
import { createOperator } from './testing/operator.ts';
import { finished } from './testing/tasks.ts';
import { upload } from './testing/upload.ts';

const KEY = '24FEQmTzro4V5u3D5epW';
const APP = '1250000001';
const inAnHour = () => new Date(Date.now() + 3600_000);

let service: RunningService;
let fileId: string;
let playlist: string;
before(async () => {
  service = await startService({ settings: { OPENVOD_TRANSCODE_DEFAULTS: '210', OPENVOD_APP_ID: APP } });
  ({ fileId } = await upload(service.call, await readClip()));
  const { vodTaskId } = await service.call('ConvertVodFile', { fileId });
  await finished(service.call, vodTaskId);
  const { playSet } = await service.call('DescribeVodPlayUrls', { fileId });
  playlist = playSet.find(({ definition }: { definition: number }) => definition === 210).url;
});
after(() => service[Symbol.asyncDispose]());

async function readClip(): Promise<Buffer<ArrayBuffer>> {
  return readFile(await clip({ seconds: 24 }));
}

const settings = (...args: string[]) => createOperator(service.dataDir)('settings', ...args);
const statusOf = async (url: string) => (await fetched(url)).status;

test('a key that is set while the service runs holds within seconds; what the SDK signs is decoded to its end', async () => {
  const whole = await decode(playlist);
  await settings('set', `hotlink.key=${KEY}`);
  await becomes('closed', async () => (await statusOf(playlist)) === 403);
  const signed = signPlayUrl(playlist, { key: KEY, expiresAt: inAnHour(), viewers: 1 });
  assert.deepEqual(await decode(signed), whole);
  assert.equal(
    await statusOf(signPlayUrl(playlist, { key: KEY, expiresAt: new Date(Date.now() - 301_000) })),
    403,
  );
});

test("the vendor's way to ask gives an address that plays", async () => {
  const psign = playerSignature({ key: KEY, appId: APP, fileId, expiresAt: inAnHour() });
  const { bytes } = await fetched(`${service.url}/getplayinfo/v4/${APP}/${fileId}?psign=${psign}`);
  const answer = JSON.parse(String(bytes));
  const { url } = answer.videoInfo.transcodeList[0];
  assert.equal(await statusOf(url), 200);
});

test('the player page plays a protected video in a browser', async (t) => {
  const executable = await findChromium();
  if (!executable) return t.skip('there is no Chromium');
  const browser = await launch(executable);
  t.after(() => browser.close());
  const page = await browser.newPage();
  await page.goto(`${service.url}/play/${fileId}`);
  const hasPicture = () =>
    page
      .locator('#video')
      .evaluate((element) => (element as unknown as { readyState: number }).readyState >= 2);
  await becomes('a picture', hasPicture);
});

test('a domain may have a key of its own', async () => {
  await settings('set', 'hotlink.key=ofDomain1', '--domain', '127.0.0.1');
  const signed = (key: string) => signPlayUrl(playlist, { key, expiresAt: inAnHour() });
  await becomes('the key of the domain', async () => (await statusOf(signed('ofDomain1'))) === 200);
  assert.equal(await statusOf(signed(KEY)), 403);
  const elsewhere = signed(KEY).replace('127.0.0.1', 'localhost');
  assert.equal(await statusOf(elsewhere), 200);
  await settings('unset', 'hotlink.key', '--domain', '127.0.0.1');
  await becomes('the key of the application', async () => (await statusOf(signed(KEY))) === 200);
});

test('HLS that is cut out of protected HLS is protected itself, and what is stored of it is not', async () => {
  const sign = (url: string) => signPlayUrl(url, { key: KEY, expiresAt: inAnHour() });
  const whole = await decode(sign(playlist));
  const cut = await service.call('SimpleClipHls', {
    ...{ srcFileId: fileId, newFileName: 'cut', startTimeOffset: 1, endTimeOffset: 4 },
  });
  const joined = await service.call('SimpleConcatHls', {
    ...{ 'srcFileList.0.fileId': cut.newFileId, 'srcFileList.1.fileId': fileId, name: 'joined' },
  });
  const segmentOf = (text: string, url: string) => new URL(/^[^#\n].*$/m.exec(text)![0], url).href;
  for (const url of [cut.newFileUrl, joined.fileUrl]) {
    assert.equal(await statusOf(url), 403);
    const { status, bytes } = await fetched(sign(url));
    assert.equal(status, 200);
    const segment = segmentOf(String(bytes), url);
    assert.equal(await statusOf(segment), 200);
    assert.equal(await statusOf(segment.replace(/[?&](t|us|rlimit|exper|sign)=[^&]*/g, '')), 403);
    const source = url.replace('f0.f6.m3u8', 'f0.ts');
    assert.deepEqual([await statusOf(source), await statusOf(sign(source))], [403, 200]);
  }
  const [first, both] = [await decode(sign(cut.newFileUrl)), await decode(sign(joined.fileUrl))];
  // One segment, and all of them after it.
  assert.deepEqual([Math.round(first.seconds), Math.round(whole.seconds)], [10, 24]);
  assert.equal(both.frames, first.frames + whole.frames);
  const stored = `${service.dataDir}/objects/vod${APP}/${joined.fileId}/f0.f6.m3u8`;
  const text = await readFile(stored, 'utf8');
  assert.match(text, /^f0\.ts\?start=\d+&end=\d+&type=mpegts$/m);
  assert.doesNotMatch(text, /sign=|exper=/);
});
