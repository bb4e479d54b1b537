import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { PullComplete } from '@openvod/contract/v2';
import { createOutbound } from '../../../common/outbound/outbound.ts';
import { openDatabase } from '../../../database/index.ts';
import { makeClip } from '../../testing/clip.ts';
import { APP, createFixture } from '../../testing/fixture.ts';
import { type Origin, startOrigin } from '../testing/origin.ts';

const run = promisify(execFile);
let folder = '';
let origin: Origin;
let clipMd5 = '';

/** MD5 of every picture of a film, decoded. */
async function picturesOf(file: string): Promise<string> {
  return (
    await run('ffmpeg', [
      '-v',
      'error',
      '-i',
      file,
      '-map',
      '0:v',
      '-fps_mode',
      'passthrough',
      '-f',
      'md5',
      '-',
    ])
  ).stdout;
}

const file = (name: string) => path.join(folder, name);
const toHls = (name: string, ...more: string[]) =>
  run(
    'ffmpeg',
    [
      ...[
        '-v',
        'error',
        '-i',
        'clip.mp4',
        '-c',
        'copy',
        '-f',
        'hls',
        '-hls_time',
        '1',
        '-hls_list_size',
        '0',
      ],
      ...['-hls_playlist_type', 'vod', ...more, name],
    ],
    { cwd: folder },
  );

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'openvod-test-'));
  await makeClip(file('all.mp4'), { seconds: 4 });
  // A key frame each second, so that there is something to cut.
  await run(
    'ffmpeg',
    ['-v', 'error', '-i', 'all.mp4', '-c:a', 'copy', '-g', '24', '-preset', 'ultrafast', 'clip.mp4'],
    { cwd: folder },
  );
  clipMd5 = await picturesOf(file('clip.mp4'));
  await writeFile(file('the.key'), Buffer.from('0123456789abcdef'));
  await writeFile(file('key.txt'), `the.key\n${file('the.key')}\n`);
  await toHls('plain.m3u8');
  await toHls('locked.m3u8', '-hls_key_info_file', 'key.txt', '-hls_segment_filename', 'locked%d.ts');
  await toHls('one.m3u8', '-hls_flags', 'single_file');
  await toHls('fragments.m3u8', '-hls_segment_type', 'fmp4', '-hls_flags', 'single_file');
  await toHls('silent.m3u8', '-an', '-hls_segment_filename', 'silent%d.ts');
  await toHls('sound.m3u8', '-vn', '-hls_segment_filename', 'sound%d.ts');
  await writeFile(
    file('master.m3u8'),
    [
      '#EXTM3U',
      '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="a",DEFAULT=YES,URI="sound.m3u8"',
      '#EXT-X-STREAM-INF:BANDWIDTH=1000',
      'gone.m3u8',
      '#EXT-X-STREAM-INF:BANDWIDTH=9000,AUDIO="a"',
      'silent.m3u8',
    ].join('\n'),
  );
  await writeFile(file('live.m3u8'), '#EXTM3U\n#EXTINF:1,\nplain0.ts\n');
  await writeFile(file('passwd.m3u8'), '#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n');
  await writeFile(file('inside.m3u8'), '#EXTM3U\n#EXTINF:1,\n/forbidden\n#EXT-X-ENDLIST\n');
  await writeFile(
    file('wrong.m3u8'),
    (await readFile(file('locked.m3u8'), 'utf8')).replace('the.key', 'wrong.key'),
  );
  await writeFile(file('wrong.key'), Buffer.alloc(16));

  origin = await startOrigin();
  for (const name of await readdir(folder)) {
    const bytes = await readFile(file(name));
    origin.on(`/${name}`, ({ headers }, response) => {
      const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '') ?? [];
      if (first === undefined) return void response.end(bytes);
      const end = last ? Number(last) : bytes.length - 1;
      response.writeHead(206, { 'content-range': `bytes ${first}-${end}/${bytes.length}` });
      response.end(bytes.subarray(Number(first), end + 1));
    });
  }
});
after(async () => {
  await origin.stop();
  await rm(folder, { recursive: true, force: true });
});

/** A service whose guard lets nothing pass that lies at `/forbidden`. */
async function open() {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'openvod-test-'));
  const database = await openDatabase(undefined, dataDir);
  await database.migrate();
  const { problemOf, agentFor } = createOutbound({ allowPrivate: true });
  const outbound = {
    agentFor,
    problemOf: (url: string) => (url.endsWith('/forbidden') ? 'must be a public address' : problemOf(url)),
  };
  const fixture = await createFixture(database, dataDir, undefined, { outbound });
  await fixture.startEngine();
  return {
    fixture,
    async pull(name: string) {
      const url = `${origin.url}/${name}`;
      const { data } = await fixture.call('MultiPullVodFile', { pullset: { 1: { url, fileName: 'film' } } });
      await fixture.finished(data[0].vodTaskId);
      const told = (await fixture.events()).filter(({ eventType }) => eventType === 'PullComplete').at(-1);
      return PullComplete.data.parse(told.data);
    },
    async [Symbol.asyncDispose]() {
      await fixture[Symbol.asyncDispose]();
      await database.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

test('a playlist becomes the MP4 that it was made of, however it is cut, locked or put together', async () => {
  await using service = await open();
  const { fixture } = service;
  for (const name of ['plain', 'locked', 'one', 'fragments', 'master']) {
    const { status, message, fileId, fileUrl } = await service.pull(`${name}.m3u8`);
    assert.deepEqual([status, message], [0, ''], name);
    assert.match(fileUrl!, /f0\.mp4$/);
    const video = await fixture.library.videos.require(fixture.db, APP, fileId!);
    const { container, audio, browserPlayable } = video.info!;
    assert.deepEqual([container, audio.length, browserPlayable], ['mp4', 1, true], name);
    assert.ok(Math.abs(video.durationMs - 4000) < 100, `${name}: ${video.durationMs} ms`);
    await using local = await fixture.store.localFile(video.sourceKey);
    assert.equal(await picturesOf(local.path), clipMd5, name);
    while ((await readdir(fixture.pullDir)).length > 0) await new Promise(setImmediate);
  }
});

test('of what cannot become a film nothing is kept, and each address in it is guarded', async () => {
  await using service = await open();
  for (const [name, reason] of [
    ['live', /its playlist is not finished/],
    ['passwd', /its address must begin with http/],
    ['inside', /its address must be a public address/],
    ['wrong', /cannot be decrypted/],
  ] as const) {
    const { status, message, fileId } = await service.pull(`${name}.m3u8`);
    assert.deepEqual([status, fileId], [10001, undefined], name);
    assert.match(message, reason);
  }
  assert.deepEqual(await service.fixture.keys(), []);
  assert.ok(origin.seen.every((one) => one.path !== '/forbidden'));
});
