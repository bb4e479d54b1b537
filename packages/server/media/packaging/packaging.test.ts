import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import type { OutputSpec } from '../output-spec.ts';
import { planTranscode } from '../plan.ts';
import { probe } from '../probe.ts';
import {
  makeClip,
  picture,
  presetAudio,
  presetVideo,
  quickH264,
  temporaryFolder,
  tone,
} from '../testing/clips.ts';
import { type TranscodeOutput, transcode } from '../transcode.ts';
import { fileNames, PACKAGINGS } from './index.ts';

// What holds for every container; a new one is tested by being listed.

const folder = temporaryFolder();
const video = presetVideo({ width: 160 });
const encoded = PACKAGINGS.map(
  ({ name }, i): OutputSpec => ({ id: i, container: name, video, audio: presetAudio }),
);
const copied = PACKAGINGS.map(
  ({ name }, i): OutputSpec => ({ id: 100 + i, container: name, copy: true, video: null, audio: null }),
);
let outputs: TranscodeOutput[] = [];

before(async () => {
  const source = makeClip(folder, 'film.mp4', `${picture('160x90', 2)} ${tone(2)} ${quickH264} -c:a aac`);
  const plan = planTranscode(await probe(source), [...encoded, ...copied]);
  outputs = await transcode(source, plan, mkdtempSync(join(folder, 'out-')), { segmentBase: 'run-7/' });
});

test('names and extensions are told apart', () => {
  const distinct = (values: string[]) => assert.equal(new Set(values).size, values.length, values.join());
  distinct(PACKAGINGS.map(({ name }) => name));
  distinct(
    PACKAGINGS.flatMap((packaging) => {
      const { main, segments } = fileNames(packaging, 20);
      return segments === null ? [main] : [main, segments];
    }),
  );
});

for (const [i, packaging] of PACKAGINGS.entries()) {
  const { name, contentType, codecs, segments } = packaging;

  test(`${name} holds what encoders make`, () => {
    assert.ok('h264' in codecs && 'aac' in codecs && 'mp3' in codecs);
  });

  for (const [how, id] of [
    ['encoded', i],
    ['copied', 100 + i],
  ] as const) {
    test(`${name}, ${how}: its files are there, and are what they are said to be`, () => {
      const { files, info, totalSize, md5 } = outputs.find(({ definition }) => definition === id)!;
      const names = fileNames(packaging, id);
      const expected: { name: string; role: string; contentType: string }[] = [
        { name: names.main, role: 'main', contentType },
      ];
      if (segments) {
        expected.push({ name: names.segments!, role: 'segments', contentType: segments.contentType });
      }
      assert.deepEqual(
        files.map((file) => ({ name: file.name, role: file.role, contentType: file.contentType })),
        expected,
      );
      const main = readFileSync(files[0]!.path);
      assert.equal(md5, createHash('md5').update(main).digest('hex'));
      assert.equal(info.size, main.length);
      assert.equal(
        totalSize,
        files.reduce((sum, { path }) => sum + statSync(path).size, 0),
      );
      assert.equal(info.container, name);
      assert.deepEqual([info.video[0]?.codec, info.audio[0]?.codec], ['h264', 'aac']);
      assert.ok(Math.abs(info.durationMs - 2000) < 100, `${info.durationMs} ms`);
    });
  }

  test(`${name}: bitrates are those of what is in it`, () => {
    const info = outputs.find(({ definition }) => definition === i)!.info;
    const mp4 = outputs.find(({ definition }) => definition === 0)!.info;
    const near = (a: number, b: number) => assert.ok(Math.abs(a / b - 1) < 0.1, `${a} of ${b} bit/s`);
    near(info.video[0]!.bitrate, mp4.video[0]!.bitrate);
    near(info.audio[0]!.bitrate, mp4.audio[0]!.bitrate);
    assert.equal(info.bitrate, info.video[0]!.bitrate + info.audio[0]!.bitrate);
  });
}

test('a playlist names its segments below the folder that was given', () => {
  for (const { files } of outputs) {
    const [main, transport] = files;
    if (transport)
      assert.match(readFileSync(main!.path, 'utf8'), new RegExp(`^run-7/${transport.name}\\?`, 'm'));
  }
});
