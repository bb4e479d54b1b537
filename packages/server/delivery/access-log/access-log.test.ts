import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { silentLogger } from '../../common/log.ts';
import { AccessLog } from './access-log.ts';
import { type Access, accessLine } from './line.ts';
import { parseAccessLine } from './parse.ts';

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

test('an hour that comes again, because the clock went back, is kept whole, and no name is written twice', async () => {
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
  const names = ['2026050612_media.example.com.log.gz', '2026050612_media.example.com_2.log.gz'];
  assert.deepEqual((await readdir(fixture.folder)).sort(), names);
  const texts = await Promise.all(names.map(async (name) => String(gunzipSync(await fixture.read(name)))));
  assert.deepEqual(texts, twice.map(accessLine));
});

test('a line that was cut short by a kill does not take the next one with it', async () => {
  await using fixture = await setUp();
  const file = path.join(fixture.folder, '2026050612_media.example.com.log');
  await writeFile(file, accessLine(access) + accessLine(access).slice(0, 40));
  const log = fixture.open();
  for (let n = 0; n < 2; n++) {
    log.add(access);
    await log.flush();
  }
  const lines = String(await readFile(file)).split('\n');
  assert.deepEqual(
    lines.map((line) => parseAccessLine(line) && `${line}\n`),
    [accessLine(access), null, accessLine(access), accessLine(access), null],
  );
});

test('a file is compressed once it was read to its end, and not before', async () => {
  await using fixture = await setUp();
  let asked: [string, number][] = [];
  let isRead = false;
  const log = new AccessLog({
    folder: fixture.folder,
    clock: () => fixture.time.now,
    log: silentLogger,
    isRead: async (name, bytes) => {
      asked.push([name, bytes]);
      return isRead;
    },
  });
  const name = '2026050612_media.example.com.log';
  log.add(access);
  await log.flush();
  assert.deepEqual(asked, []);
  fixture.time.now += HOUR;
  await log.flush();
  await log.flush();
  assert.deepEqual(asked, Array(2).fill([name, accessLine(access).length]));
  assert.deepEqual(await readdir(fixture.folder), [name]);
  asked = [];
  isRead = true;
  await log.flush();
  await log.flush();
  assert.equal(asked.length, 1);
  assert.deepEqual(await readdir(fixture.folder), [`${name}.gz`]);
});

test('what was written is read back as it was, and nothing else is taken for a line', () => {
  const text = fc.oneof(fc.string(), fc.constantFrom('', '-', '100%', 'a b', '%41', '中'));
  const number = fc.nat(2 ** 31);
  const anAccess = fc.record({
    startedAt: fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => seconds * 1000),
    clientIp: fc.ipV6(),
    domain: fc.domain(),
    path: fc.webPath().map((path) => `/${path}`),
    bytes: number,
    status: fc.integer({ min: 100, max: 599 }),
    referer: text,
    durationMs: number,
    userAgent: text,
    range: text,
    method: fc.constantFrom('GET', 'HEAD'),
    protocol: fc.constant('HTTP/1.1'),
    fromMemory: fc.boolean(),
  });
  fc.assert(
    fc.property(anAccess, (one) => {
      const line = accessLine(one);
      const read = parseAccessLine(line.trimEnd());
      assert.ok(read, line);
      assert.equal(accessLine(read), line);
      const { startedAt, bytes, status, durationMs, fromMemory, method } = one;
      assert.partialDeepStrictEqual(read, { startedAt, bytes, status, durationMs, fromMemory, method });
    }),
  );
  for (const other of [
    '',
    '\n',
    'x',
    accessLine(access).replace('206', 'x'),
    ` ${accessLine(access)}`,
    '1 '.repeat(15),
  ]) {
    assert.equal(parseAccessLine(other.trimEnd()), null, other);
  }
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
