import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { probe } from '../probe.ts';
import { parseProbe } from '../probe-parse.ts';
import { makeClip, picture, quickH264, temporaryFolder, tone } from '../testing/clips.ts';
import { parseAacConfig } from './aac.ts';
import { checkFirstSample } from './first-sample.ts';
import { parseH264Pps, parseH264Sps } from './h264.ts';
import { readHeaders } from './headers.ts';
import { parseHevcSps } from './hevc.ts';
import type { Headers } from './output.ts';
import { parseAvcConfig, parseHevcConfig } from './parameter-sets.ts';
import { Unsure } from './unsure.ts';

const folder = temporaryFolder();
const film = readFileSync(
  makeClip(folder, 'film.mp4', `${picture('320x180')} ${tone()} ${quickH264} -g 12 -bf 2`),
);
const mute = readFileSync(makeClip(folder, 'mute.mp4', `-i ${join(folder, 'film.mp4')} -c copy -an`));
const hevc = readFileSync(
  makeClip(
    folder,
    'hevc.mp4',
    `${picture('320x180', 0.5)} -c:v libx265 -preset ultrafast -x265-params log-level=error -pix_fmt yuv420p`,
  ),
);

/** The result, or null when it was in doubt. Any other error is thrown on. */
function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof Unsure) return null;
    throw error;
  }
}

function boxBody(file: Buffer, type: string): Buffer {
  const at = file.indexOf(type, 0, 'latin1');
  return file.subarray(at + 4, at - 4 + file.readUInt32BE(at - 4));
}

const avcC = boxBody(film, 'avcC');
const hvcC = boxBody(hevc, 'hvcC');
const avc = parseAvcConfig(avcC);
const parsers: [string, Buffer, (bytes: Buffer) => unknown][] = [
  ['H.264 sequence parameter sets', avc.sps, parseH264Sps],
  ['H.264 picture parameter sets', Buffer.from('68ce3c80', 'hex'), parseH264Pps],
  ['H.265 sequence parameter sets', parseHevcConfig(hvcC).sps, parseHevcSps],
  ['avcC', avcC, parseAvcConfig],
  ['hvcC', hvcC, parseHevcConfig],
  ['AudioSpecificConfig', Buffer.from('121056e500', 'hex'), parseAacConfig],
  ['samples', boxBody(film, 'mdat').subarray(0, 600), (bytes) => checkFirstSample(avc, bytes)],
];

/** Bytes of which some are replaced. */
function damaged(bytes: Buffer, from = 0, to = bytes.length - 1): fc.Arbitrary<Buffer> {
  const change = fc.tuple(fc.integer({ min: from, max: to }), fc.integer({ min: 0, max: 255 }));
  return fc.array(change, { minLength: 1, maxLength: 5 }).map((changes) => {
    const copy = Buffer.from(bytes);
    for (const [at, byte] of changes) copy[at] = byte;
    return copy;
  });
}

for (const [name, good, parse] of parsers) {
  test(`${name}: any bytes are read or in doubt`, () => {
    const anything = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes));
    const headed = anything.map((bytes) => Buffer.concat([good.subarray(0, 6), bytes]));
    const cut = fc.integer({ min: 0, max: good.length }).map((end) => good.subarray(0, end));
    fc.assert(
      fc.property(fc.oneof(anything, headed, cut, damaged(good)), (bytes) => {
        attempt(() => parse(bytes));
      }),
      { numRuns: 2000 },
    );
  });
}

const path = join(folder, 'damaged.mp4');
const atMoov = film.indexOf('moov', 0, 'latin1');

test('a film with any bytes replaced or cut off is read or in doubt', () => {
  const anywhere = damaged(film);
  const index = damaged(film, atMoov - 4);
  const cut = fc.integer({ min: 0, max: film.length }).map((end) => film.subarray(0, end));
  fc.assert(
    fc.property(fc.oneof(anywhere, index, index, cut), (bytes) => {
      writeFileSync(path, bytes);
      attempt(() => readHeaders(path));
    }),
    { numRuns: 2000 },
  );
});

test('where the index is damaged and still read, ffprobe says the same', async () => {
  let read = 0;
  // Without sound: where damage moves its frames, ffprobe finds any number of channels in what is there.
  const cases = fc.sample(damaged(mute, mute.indexOf('moov', 0, 'latin1') - 4), { numRuns: 200, seed: 2017 });
  for (const bytes of cases) {
    writeFileSync(path, bytes);
    const headers: Headers | null = attempt(() => readHeaders(path));
    if (!headers) continue;
    read += 1;
    assert.deepEqual(parseProbe(headers.output), await probe(path), differences(bytes));
  }
  assert.ok(read > 10, `only ${read} were read`);
});

function differences(bytes: Buffer): string {
  const at = [...bytes.keys()].filter((i) => bytes[i] !== mute[i]);
  return at.map((i) => `${i}: ${mute[i]} → ${bytes[i]}`).join(', ');
}

/** Bodies of boxes anew, those around them lengthened. */
function rebuild(bytes: Buffer, bodies: Record<string, Buffer>): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += bytes.readUInt32BE(at)) {
    const type = bytes.toString('latin1', at + 4, at + 8);
    const old = bytes.subarray(at + 8, at + bytes.readUInt32BE(at));
    const isParent = ['moov', 'trak', 'mdia', 'minf', 'stbl'].includes(type);
    const body = isParent ? rebuild(old, bodies) : (bodies[type] ?? old);
    const head = Buffer.alloc(8);
    head.writeUInt32BE(body.length + 8);
    head.write(type, 4, 'latin1');
    parts.push(head, body);
  }
  return Buffer.concat(parts);
}

function table(...entries: number[]): Buffer {
  const body = Buffer.alloc(4 + entries.length * 4);
  for (const [i, entry] of entries.entries()) body.writeUInt32BE(entry, 4 + i * 4);
  return body;
}

test('an index of two million samples is read within a heap of 24 MiB', () => {
  const samples = 2_000_000;
  const sizes = Buffer.alloc(12 + samples * 4);
  sizes.writeUInt32BE(samples, 8);
  sizes.writeUInt32BE(boxBody(mute, 'stsz').readUInt32BE(12), 12);
  const delays = Buffer.alloc(8 + samples * 8);
  delays.writeUInt32BE(samples, 4);
  for (let at = 8; at < delays.length; at += 8) delays.writeUInt32BE(1, at);
  const offset = boxBody(mute, 'stco').readUInt32BE(8);
  const large = rebuild(mute, {
    ...{ stts: table(1, samples, 512), stsz: sizes, ctts: delays, edts: Buffer.alloc(0) },
    ...{ stsc: table(1, 1, samples, 1), stco: table(1, offset), stss: table(1, 1) },
  });
  // An empty edts would be in doubt.
  large.write('free', large.indexOf('edts', 0, 'latin1'), 'latin1');
  writeFileSync(path, large);
  const script = `
    const { readHeaders } = await import(${JSON.stringify(new URL('./headers.ts', import.meta.url).href)});
    console.log(JSON.stringify(readHeaders(${JSON.stringify(path)}).keyFrameIntervals));`;
  const flags = ['--disable-warning=ExperimentalWarning', '--max-old-space-size=24', '--input-type=module'];
  const printed = execFileSync(process.execPath, [...flags, '--eval', script], { encoding: 'utf8' });
  const timescale = boxBody(mute, 'mdhd').readUInt32BE(12);
  assert.deepEqual(JSON.parse(printed), [Math.round(((samples - 1) * 512 * 1000) / timescale)]);
});
