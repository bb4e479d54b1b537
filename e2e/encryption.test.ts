/** Encrypted video from upload to a browser that plays it: with the built-in key server, and with one of an application. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { inspect } from 'node:util';
import { playerSignature, signPlayUrl } from '../packages/sdk/src/index.ts';
import type { Logger } from '../packages/server/common/log.ts';
import { type RunningService, startService } from './harness.ts';
import { KEYS } from './testing/caller.ts';
import { findChromium, launch } from './testing/chromium.ts';
import { clip, decode } from './testing/clips.ts';
import { becomes, fetched } from './testing/fetched.ts';
import { createOperator } from './testing/operator.ts';
import { finished } from './testing/tasks.ts';
import { upload } from './testing/upload.ts';

const APP = '1250000001';
const PLAY_KEY = 'onlyForPlayers1';
const SECONDS = 45;
const inAnHour = () => new Date(Date.now() + 3600_000);

/** Everything that the service says, of every level. */
const said: string[] = [];
const log = collecting();

let service: RunningService;
let fileId: string;
let edk: string;
let key: Buffer;
let playlist: string;

before(async () => {
  service = await startService({ settings: { OPENVOD_APP_ID: APP, OPENVOD_PLAY_KEY: PLAY_KEY }, log });
  const { call, url } = service;
  const made = await call('CreateSimpleAesTemplate', { get_key_url: `${url}/drm/getkey` });
  assert.deepEqual(made.data, { definition: 10 });
  ({ fileId } = await upload(call, await readFile(await clip({ seconds: SECONDS }))));
  const { vodTaskId } = await call('ProcessFile', {
    ...{ fileId, 'transcode.definition.0': 210, 'transcode.definition.1': 6 },
    ...{ 'transcode.hlsMasterPlaylist': 1, 'transcode.drm.definition': 10 },
  });
  const task = await finished(call, vodTaskId);
  edk = task.data.drm.edkList[0];
  const { data } = await call('DescribeDrmDataKey', { 'edkList.0': edk });
  key = Buffer.from(data.keyList[0].dk, 'base64');
  playlist = await playlistOf(fileId);
});
after(() => service[Symbol.asyncDispose]());

async function playlistOf(id: string): Promise<string> {
  const { playSet } = await service.call('DescribeVodPlayUrls', { fileId: id });
  return playSet.find(({ definition }: { definition: number }) => definition === 10000).url;
}

function collecting(): Logger {
  const tell = (...about: unknown[]) => said.push(inspect(about, { depth: 8, maxStringLength: null }));
  const levels = { trace: tell, debug: tell, info: tell, warn: tell, error: tell, fatal: tell };
  return { ...levels, child: () => log } as unknown as Logger;
}

const psign = (more: object = {}) =>
  playerSignature({ key: PLAY_KEY, appId: APP, fileId, expiresAt: inAnHour(), ...more });

test("who has the player's signature gets a token, and with it what is encrypted plays to its end", async () => {
  const answer = JSON.parse(
    String((await fetched(`${service.url}/getplayinfo/v4/${APP}/${fileId}?psign=${psign()}`)).bytes),
  );
  assert.equal(answer.code, 0);
  const { drmOutput, drmToken } = answer.media.streamingInfo;
  assert.equal(drmOutput[0].url, playlist);
  // As players put it in: in front of the name of the file.
  const tokened = playlist.replace('master_', `voddrm.token.${drmToken}.master_`);
  const { seconds, frames, width } = await decode(tokened);
  assert.equal(frames, SECONDS * 24);
  assert.ok(Math.abs(seconds - SECONDS) < 0.5);
  assert.equal(width, 320);
  await assert.rejects(decode(playlist));
  const wrong = JSON.parse(String((await fetched(`${service.url}/getplayinfo/v4/${APP}/${fileId}`)).bytes));
  assert.equal(wrong.code, 1009);
});

test('the player page plays it in a browser, and without the key there is no picture', async (t) => {
  const executable = await findChromium();
  if (!executable) return t.skip('there is no Chromium');
  const browser = await launch(executable);
  t.after(() => browser.close());
  const pageOf = async (query = '') => {
    const page = await browser.newPage();
    const keys: number[] = [];
    page.on('response', (response) => {
      if (response.url().includes('/drm/getkey')) keys.push(response.status());
    });
    await page.goto(`${service.url}/play/${fileId}${query}`);
    const hasPicture = () =>
      page
        .locator('#video')
        .evaluate((element) => (element as unknown as { readyState: number }).readyState >= 2);
    return { page, keys, hasPicture };
  };
  const shown = await pageOf();
  await becomes('a picture', shown.hasPicture);
  assert.ok(shown.keys.length > 0 && shown.keys.every((status) => status === 200), shown.keys.join());
  await shown.page.locator('#video').evaluate((element) => (element as unknown as { play(): void }).play());
  await becomes('played', () =>
    shown.page
      .locator('#video')
      .evaluate((element) => (element as unknown as { currentTime: number }).currentTime > 0.5),
  );

  await createOperator(service.dataDir)('settings', 'set', 'play.page=signed');
  await becomes('a page without a token', async () => {
    const info = String((await fetched(`${service.url}/play/${fileId}/info.json`)).bytes);
    return !info.includes('voddrm');
  });
  const without = await pageOf();
  await becomes('refused', async () => without.keys.includes(403));
  await becomes('told', () => without.page.locator('#notice').isVisible());
  assert.equal(await without.hasPicture(), false);
  const signed = await pageOf(`?psign=${psign()}`);
  await becomes('a picture for who is signed', signed.hasPicture);
});

test('under Key protection the signature of the address is enough', async () => {
  const settings = createOperator(service.dataDir);
  await settings('settings', 'set', `hotlink.key=${PLAY_KEY}`);
  await becomes('closed', async () => (await fetched(playlist)).status === 403);
  const signed = signPlayUrl(playlist, { key: PLAY_KEY, expiresAt: inAnHour() });
  assert.equal((await decode(signed)).frames, SECONDS * 24);
  const preview = signPlayUrl(playlist, { key: PLAY_KEY, expiresAt: inAnHour(), previewSeconds: 30 });
  const { seconds } = await decode(preview);
  assert.ok(seconds > 30 && seconds < 42, `${seconds} s`);
  await settings('settings', 'unset', 'hotlink.key');
  await becomes('open', async () => (await fetched(playlist)).status === 200);
});

test('the key is in no file of the service but sealed, and its log never said it', async () => {
  const forms = [key.toString('base64'), key.toString('hex'), key.toString('hex').match(/../g)!.join(' ')];
  forms.push(encodeURIComponent(forms[0]!), [...key].join(', '));
  const text = said.join('\n');
  assert.ok(said.length > 3, 'it said something');
  for (const form of forms)
    assert.ok(!text.includes(form), `the log has ${form.length} characters of the key`);
  const master = (await readFile(path.join(service.dataDir, 'master.key'), 'utf8')).trim();
  assert.ok(!text.includes(master));
  for (const name of await readdir(service.dataDir, { recursive: true })) {
    const file = path.join(service.dataDir, name);
    if (!(await stat(file)).isFile() || name === 'master.key') continue;
    const bytes = await readFile(file);
    for (const form of [
      ...forms.map((one) => Buffer.from(one)),
      key,
      Buffer.from(master),
      Buffer.from(master, 'hex'),
    ])
      assert.ok(!bytes.includes(form), name);
  }
});

test('the example of a key server: who is logged in watches, who is not, or has a token of another video, does not', async (t) => {
  const server = spawn(process.execPath, [path.join(import.meta.dirname, '../examples/key-server/main.ts')], {
    env: {
      PATH: process.env.PATH,
      ...{ OPENVOD_URL: service.url, OPENVOD_SECRET_ID: KEYS.secretId, OPENVOD_SECRET_KEY: KEYS.secretKey },
      ...{ TOKEN_SECRET: 'of the example', DEMO_SESSIONS: 's1=alice', PORT: '0' },
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(() => server.kill());
  const [line] = (await once(createInterface({ input: server.stdout! }), 'line')) as [string];
  const origin = /http\S+/.exec(line)![0];
  const { call } = service;
  const { data } = await call('CreateSimpleAesTemplate', { get_key_url: `${origin}/getkey` });
  const { fileId } = await upload(call, await readFile(await clip({ seconds: 12 })));
  const { vodTaskId } = await call('ProcessFile', {
    ...{ fileId, 'transcode.definition.0': 6, 'transcode.hlsMasterPlaylist': 1 },
    'transcode.drm.definition': data.definition,
  });
  const flow = await finished(call, vodTaskId);
  assert.equal(flow.data.drm.getKeyUrl, `${origin}/getkey`);
  const watch = (session: string, id = fileId) =>
    fetched(`${origin}/watch?fileId=${id}`, { authorization: `Bearer ${session}` });
  assert.equal((await watch('nobody')).status, 403);
  const { url } = JSON.parse(String((await watch('s1')).bytes));
  assert.equal((await decode(url)).frames, 12 * 25);
  await assert.rejects(decode(await playlistOf(fileId)));

  const rendition = String((await fetched(url.replace('master_playlist', 'f0.f6'))).bytes);
  const keyUri = /URI="([^"]*)"/.exec(rendition)![1]!;
  assert.ok(keyUri.startsWith(`${origin}/getkey?edk=`));
  const given = await fetched(keyUri);
  assert.equal(given.bytes.length, 16);
  const of = async (change: (uri: URL) => void) => {
    const uri = new URL(keyUri);
    change(uri);
    return (await fetched(uri.href)).status;
  };
  assert.equal(await of((uri) => uri.searchParams.delete('token')), 403);
  assert.equal(await of((uri) => uri.searchParams.set('token', 'made.up')), 403);
  assert.equal(await of((uri) => uri.searchParams.set('fileId', '7')), 403);
  assert.equal(await of((uri) => uri.searchParams.set('edk', 'AAAA')), 404);
});
