/** What SECURITY.md says, as far as it can be seen from outside and is not the subject of a test of its own. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { after, before, test } from 'node:test';
import { createClient } from '../packages/sdk/src/index.ts';
import { runMain } from '../packages/server/testing/run-main.ts';
import { type RunningService, startService } from './harness.ts';
import { uniqueClip } from './testing/clips.ts';
import { finished } from './testing/tasks.ts';
import { upload } from './testing/upload.ts';

let service: RunningService;
let fileId: string;
let source: string;
before(async () => {
  service = await startService();
  ({ fileId, url: source } = await upload(service.call, await uniqueClip()));
});
after(() => service[Symbol.asyncDispose]());

const at = (path: string) => () => fetch(new URL(path, service.url), { redirect: 'manual' });
const post =
  (path: string, init: RequestInit = {}) =>
  () =>
    fetch(new URL(path, service.url), { method: 'POST', ...init });

/** One answer of each kind that there is. */
const answers: Record<string, { status: number; ask: () => Promise<Response> }> = {
  'a call': { status: 200, ask: at('/v2/index.php?Action=DescribeClass') },
  'an upload call': { status: 200, ask: post('/v3/index.php?Action=UploadPart', { body: 'x' }) },
  'a client upload': { status: 200, ask: post('/v3/index.php?Action=ApplyUploadUGC', { body: '{' }) },
  'an address of nothing': { status: 404, ask: at('/nothing') },
  liveness: { status: 200, ask: at('/healthz') },
  readiness: { status: 200, ask: at('/readyz') },
  metrics: { status: 200, ask: at('/metrics') },
  'the player page': { status: 200, ask: () => at(`/play/${fileId}`)() },
  'the player page of nothing': { status: 404, ask: at('/play/1') },
  'the data of the player': { status: 200, ask: () => at(`/play/${fileId}/info.json`)() },
  'the embeddable player': { status: 200, ask: () => at(`/embed/${fileId}`)() },
  'a file of the player': { status: 200, ask: at('/play/assets/1/player.css') },
  media: { status: 200, ask: () => fetch(source) },
  'media that is not there': { status: 404, ask: at('/vod1250000001/1/f0.mp4') },
  'a range that is not there': {
    status: 416,
    ask: () => fetch(source, { headers: { range: 'bytes=99999999-' } }),
  },
  'a change of media': { status: 405, ask: () => fetch(source, { method: 'DELETE' }) },
};

for (const [what, { status, ask }] of Object.entries(answers)) {
  test(`${what}: nobody may take the answer for another type`, async () => {
    const answer = await ask();
    await answer.arrayBuffer();
    assert.equal(answer.status, status);
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
  });
}

test('what is not even a request is answered so too', async () => {
  const { hostname, port } = new URL(service.url);
  const socket = net.connect(Number(port), hostname, () => socket.write('hello\r\n\r\n'));
  const text = Buffer.concat(await socket.toArray()).toString();
  assert.match(text, /^HTTP\/1\.1 400 [\s\S]*\r\nX-Content-Type-Options: nosniff\r\n/);
});

test('pages of others may show the embeddable player in a frame, and no other page', async () => {
  for (const [path, ancestors] of [
    [`/embed/${fileId}`, '*'],
    ['/embed/1', '*'],
    [`/play/${fileId}`, "'none'"],
    ['/play/1', "'none'"],
    ['/nothing', "'none'"],
    ['/metrics', "'none'"],
    ['/readyz', "'none'"],
  ] as const) {
    const policy = (await at(path)()).headers.get('content-security-policy') ?? '';
    assert.equal(/frame-ancestors ([^;]+)/.exec(policy)?.[1], ancestors, path);
  }
  assert.match(await (await at(`/embed/${fileId}`)()).text(), /<body class="embedded">/);
});

test('keys are shown once and never logged, nor are signatures', async (t) => {
  const main = await runMain({ OPENVOD_LOG_LEVEL: 'trace' });
  t.after(() => main.child.kill('SIGKILL'));
  const line = await main.says(/^First start/);
  const url = (await main.says(/^OpenVOD listens on/)).split(' ').at(-1)!;
  const [, secretId, secretKey] = /OPENVOD_SECRET_ID=(\S+) OPENVOD_SECRET_KEY=(\S+)/.exec(line)!;
  const keys = { secretId: secretId!, secretKey: secretKey!, url, retries: 0 };
  await createClient(keys).describeClass({});
  await assert.rejects(createClient({ ...keys, secretKey: `${secretKey}x` }).describeClass({}), {
    code: 4100,
  });
  await assert.rejects(createClient({ ...keys, method: 'GET' }).describeVodPlayUrls({ fileId: '1' }));
  main.child.kill('SIGTERM');
  assert.equal(await main.exitCode, 0);
  const output = `${main.output()}${main.errors()}`;
  assert.match(output, /"msg":"refused"/);
  assert.equal(output.split(secretKey!).length - 1, 1);
  assert.doesNotMatch(output, /Signature=/);
});

/** Asked for as it is written; `fetch` would tidy it up. */
async function statusOf(path: string): Promise<number> {
  const request = http.get({ ...hostOf(service.url), path, agent: false });
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  response.resume();
  return response.statusCode!;
}

function hostOf(url: string) {
  const { hostname, port } = new URL(url);
  return { host: hostname, port };
}

test('no address leads out of the objects', async () => {
  const folder = new URL(source).pathname.split('/').slice(0, 3).join('/');
  for (const path of [
    `${folder}/../../../openvod.sqlite`,
    `${folder}/..%2f..%2f..%2fopenvod.sqlite`,
    `${folder}/%2e%2e/%2e%2e/openvod.sqlite`,
    `${folder}/..%5c..%5copenvod.sqlite`,
    `${folder}/%00`,
    '/play/assets/1/..%2f..%2f..%2f..%2fpackage.json',
    '/embed/assets/1/%2e%2e%2fpage.ts',
    '/vod1/../../../../etc/passwd',
    '//etc/passwd',
  ]) {
    assert.ok([400, 404].includes(await statusOf(path)), path);
  }
});

test('a file that names others makes nobody fetch them', async () => {
  let fetched = 0;
  const lure = http.createServer((_request, response) => {
    fetched++;
    response.end();
  });
  lure.listen(0, '127.0.0.1');
  await once(lure, 'listening');
  const address = `http://127.0.0.1:${(lure.address() as net.AddressInfo).port}/a.ts`;
  const pad = `\n#${'x'.repeat(2000)}\n`;
  const hostile = {
    m3u8: `#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n${address}\n#EXTINF:9,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n`,
    ffconcat: `ffconcat version 1.0\nfile ${address}\nfile /etc/passwd\n`,
    mpd: `<?xml version="1.0"?><MPD><Period><AdaptationSet><Representation><BaseURL>${address}</BaseURL></Representation></AdaptationSet></Period></MPD>`,
    sdp: 'v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\na=rtpmap:96 H264/90000\n',
  };
  try {
    for (const [kind, text] of Object.entries(hostile)) {
      const { fileId: id } = await upload(service.call, Buffer.from(text + pad));
      const { vodTaskId } = await service.call('ProcessFile', { fileId: id, 'transcode.definition.0': 10 });
      const { data } = await finished(service.call, vodTaskId);
      assert.notEqual(data.processTaskList[0].status, 'SUCCESS', kind);
    }
    assert.equal(fetched, 0);
  } finally {
    lure.close();
  }
});
