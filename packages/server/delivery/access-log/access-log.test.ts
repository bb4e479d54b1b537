import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { silentLogger } from '../../common/log.ts';
import { AccessLog } from './access-log.ts';
import { type Access, accessLine } from './line.ts';

const HOUR = 3600_000;
const NOON = Date.UTC(2026, 4, 6, 4, 5, 6);

const access: Access = {
  startedAt: NOON,
  clientIp: '192.0.2.1',
  domain: 'media.example.com',
  path: '/vod1/2/f0.f210.ts',
  bytes: 1234,
  status: 206,
  referer: 'http://example.com/a page',
  durationMs: 5,
  userAgent: 'Player/1.0 (Linux; "x")',
  range: 'bytes=0-1233',
  method: 'GET',
  protocol: 'HTTP/1.1',
  fromMemory: true,
};

async function setUp() {
  const folder = await mkdtemp(path.join(tmpdir(), 'openvod-access-'));
  const time = { now: NOON };
  const open = () => new AccessLog({ folder, clock: () => time.now, log: silentLogger });
  return {
    folder,
    time,
    open,
    read: (name: string) => readFile(path.join(folder, name)),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

test('a line has the fifteen fields of docs/wire/delivery.md, none of which can break it', () => {
  assert.equal(
    accessLine(access),
    '20260506120506 192.0.2.1 media.example.com /vod1/2/f0.f210.ts 1234 0 0 206 http://example.com/a%20page 5 ' +
      'Player/1.0%20(Linux;%20"x") bytes=0-1233 GET HTTP/1.1 HIT\n',
  );
  for (const hostile of ['', ' ', 'a\r\nb', '\u0000', '中', '\ud800', '\u2028']) {
    const line = accessLine({
      ...access,
      referer: hostile,
      userAgent: hostile,
      path: hostile,
      range: hostile,
    });
    assert.match(line, /^([\x21-\x7e]+ ){14}(HIT|MISS)\n$/, JSON.stringify(hostile));
  }
});

test('one file a domain and hour, appended to after a restart', async () => {
  await using fixture = await setUp();
  for (let start = 0; start < 2; start++) {
    const log = fixture.open();
    log.start();
    log.add(access);
    log.add({ ...access, domain: 'other.example.com' });
    await log.stop();
  }
  assert.deepEqual((await readdir(fixture.folder)).sort(), [
    '2026050612_media.example.com.log',
    '2026050612_other.example.com.log',
  ]);
  assert.equal(String(await fixture.read('2026050612_media.example.com.log')), accessLine(access).repeat(2));
});

test('what clients send as Host makes neither paths nor countless files', async () => {
  await using fixture = await setUp();
  const log = fixture.open();
  for (const domain of ['', '../../etc/passwd', 'a b', 'x'.repeat(500)]) log.add({ ...access, domain });
  await log.flush();
  assert.deepEqual(await readdir(fixture.folder), ['2026050612_other.log']);
  for (let n = 0; n < 1000; n++) log.add({ ...access, domain: `h${n}.example.com` });
  await log.flush();
  assert.ok((await readdir(fixture.folder)).length <= 70);
});

test('files of past hours are compressed, and go after 30 days', async () => {
  await using fixture = await setUp();
  const log = fixture.open();
  log.add(access);
  await log.flush();
  await writeFile(path.join(fixture.folder, 'notes.txt'), 'not ours');
  fixture.time.now += HOUR;
  log.add({ ...access, status: 200 });
  await log.flush();
  assert.deepEqual((await readdir(fixture.folder)).sort(), [
    '2026050612_media.example.com.log.gz',
    '2026050613_media.example.com.log',
    'notes.txt',
  ]);
  assert.equal(
    String(gunzipSync(await fixture.read('2026050612_media.example.com.log.gz'))),
    accessLine(access),
  );
  fixture.time.now += 30 * 24 * HOUR;
  await log.flush();
  assert.deepEqual(await readdir(fixture.folder), ['2026050613_media.example.com.log.gz', 'notes.txt']);
});

test('an hour that comes again, because the clock went back, is kept whole', async () => {
  await using fixture = await setUp();
  const log = fixture.open();
  const twice = [access, { ...access, status: 200 }];
  for (const one of twice) {
    fixture.time.now = NOON;
    log.add(one);
    await log.flush();
    fixture.time.now += HOUR;
    await log.flush();
  }
  const file = await fixture.read('2026050612_media.example.com.log.gz');
  assert.equal(String(gunzipSync(file)), twice.map(accessLine).join(''));
});

test('what waits for the disk is bounded in bytes', async () => {
  await using fixture = await setUp();
  const log = fixture.open();
  for (let n = 0; n < 1000; n++) log.add({ ...access, referer: 'x'.repeat(60_000) });
  await log.flush();
  const { length } = await fixture.read('2026050612_media.example.com.log');
  assert.ok(length > 31 * 1024 ** 2 && length <= 32 * 1024 ** 2, `${length}`);
  log.add(access);
  await log.flush();
  assert.ok((await fixture.read('2026050612_media.example.com.log')).length > length);
});

test('a folder that cannot be written does not stop delivery', async () => {
  await using fixture = await setUp();
  await writeFile(path.join(fixture.folder, 'file'), '');
  const log = new AccessLog({
    folder: path.join(fixture.folder, 'file'),
    clock: () => NOON,
    log: silentLogger,
  });
  log.add(access);
  await log.flush();
  await log.stop();
});
