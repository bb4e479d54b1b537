import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { signedQuery } from '@openvod/contract/v2/signature/play-address.ts';
import { serve } from '../testing/fixture.ts';

const KEY = 'testtest42';
const FOLDER = 'vod1250000001/5285890784';
let folder = '';
let film: Buffer;

before(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'openvod-preview-'));
  const source = '-f lavfi -i testsrc2=s=320x180:r=25:d=60 -f lavfi -i sine=d=60';
  const args = `${source} -c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac`.split(' ');
  execFileSync('ffmpeg', ['-nostdin', '-v', 'error', ...args, path.join(folder, 'film.mp4')]);
  film = readFileSync(path.join(folder, 'film.mp4'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

async function open() {
  const server = await serve({ rules: { key: KEY } });
  await server.store.put(`${FOLDER}/f0.mp4`, film);
  const t = Math.floor(Date.now() / 1000 + 3600).toString(16);
  const target = (exper: string, name = 'f0.mp4') =>
    `/${FOLDER}/${name}?${signedQuery(KEY, `/${FOLDER}/`, { t, exper, us: 'a1' })}`;
  return { server, target };
}

test('an address with exper gives the beginning of an MP4 as a file of its own, and nothing behind', async () => {
  const { server, target } = await open();
  await using _ = server;
  const [whole, half, shorter] = [
    await server.get(target('0')),
    await server.get(target('30')),
    await server.get(target('45')),
  ];
  assert.deepEqual([whole.status, half.status, whole.body.equals(film)], [200, 200, true]);
  assert.equal(Number(half.headers['content-length']), half.body.length);
  assert.ok(half.body.length < film.length * 0.6 && half.body.length > film.length * 0.4);
  assert.equal(half.headers['content-type'], 'video/mp4');
  assert.match(half.headers['cache-control']!, /^private/);
  assert.equal(new Set([whole, half, shorter].map(({ headers }) => headers.etag)).size, 3);

  const file = path.join(folder, 'half.mp4');
  writeFileSync(file, half.body);
  const entries = ['-count_frames', '-show_entries', 'format=duration:stream=codec_name,nb_read_frames'];
  const out = execFileSync('ffprobe', ['-v', 'error', ...entries, '-of', 'json', file], { encoding: 'utf8' });
  const { format, streams } = JSON.parse(out);
  assert.ok(Math.abs(Number(format.duration) - 30) < 0.1, format.duration);
  assert.deepEqual([streams[0].codec_name, streams[0].nb_read_frames], ['h264', '750']);
  assert.equal(streams[1].codec_name, 'aac');
});

test('ranges of a beginning are parts of it, also across what was made and what was stored', async () => {
  const { server, target } = await open();
  await using _ = server;
  const { body, headers } = await server.get(target('30'));
  const mdat = body.indexOf('mdat') + 12;
  const ranges: [string, number, number][] = [
    ['bytes=0-99', 0, 99],
    [`bytes=${mdat - 50}-${mdat + 50}`, mdat - 50, mdat + 50],
    [`bytes=${mdat}-${mdat + 9}`, mdat, mdat + 9],
    ['bytes=-1000', body.length - 1000, body.length - 1],
    [`bytes=${mdat + 5}-`, mdat + 5, body.length - 1],
  ];
  for (const [range, start, end] of ranges) {
    const part = await server.get(target('30'), { headers: { range, 'if-range': headers.etag! } });
    assert.equal(part.status, 206, range);
    assert.equal(part.headers['content-range'], `bytes ${start}-${end}/${body.length}`);
    assert.ok(part.body.equals(body.subarray(start, end + 1)), range);
  }
  const beyond = await server.get(target('30'), { headers: { range: `bytes=${body.length}-` } });
  assert.equal(beyond.status, 416);
  const head = await server.get(target('30'), { method: 'HEAD' });
  assert.equal(Number(head.headers['content-length']), body.length);
  const same = await server.get(target('30'), { headers: { 'if-none-match': headers.etag! } });
  assert.equal(same.status, 304);
});

test('many who ask at once get the same, and what is remembered is counted', async () => {
  const { server, target } = await open();
  await using _ = server;
  await server.get(target('0'));
  const before = server.held().catalogBytes;
  const answers = await Promise.all(Array.from({ length: 20 }, () => server.get(target('30'))));
  assert.equal(new Set(answers.map(({ body }) => body.toString('latin1'))).size, 1);
  const after = server.held().catalogBytes;
  const head = answers[0]!.body.indexOf('mdat');
  assert.ok(after - before > head && after - before < head + 10_000, `${after - before} bytes for ${head}`);
});

test('of files that have no beginning that plays there is none', async () => {
  const { server, target } = await open();
  await using _ = server;
  for (const name of ['f0.flv', 'f0.mp3', 'f0.webm']) {
    await server.store.put(`${FOLDER}/${name}`, film);
    assert.equal((await server.get(target('30', name))).status, 403);
    assert.equal((await server.get(target('0', name))).status, 200);
  }
});
