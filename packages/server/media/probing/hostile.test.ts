import assert from 'node:assert/strict';
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
import { type Headers, readHeaders } from './headers.ts';
import { parseHevcSps } from './hevc.ts';
import { parseAvcConfig, parseHevcConfig } from './parameter-sets.ts';
import { Unsure } from './unsure.ts';

const folder = temporaryFolder();
const film = readFileSync(
  makeClip(folder, 'film.mp4', `${picture('320x180')} ${tone()} ${quickH264} -g 12 -bf 2`),
);
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
  const cases = fc.sample(damaged(film, atMoov - 4), { numRuns: 150, seed: 2017 });
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
  const at = [...bytes.keys()].filter((i) => bytes[i] !== film[i]);
  return at.map((i) => `${i}: ${film[i]} → ${bytes[i]}`).join(', ');
}
