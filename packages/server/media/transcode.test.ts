import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { OutputSpec } from './output-spec.ts';
import { planTranscode } from './plan.ts';
import { probe } from './probe.ts';
import {
  makeClip,
  picture,
  preset,
  presetAudio,
  presets,
  presetVideo,
  quickH264,
  temporaryFolder,
  tone,
} from './testing/clips.ts';
import { describe, make } from './testing/make.ts';
import { transcode } from './transcode.ts';

const folder = temporaryFolder();
const film = makeClip(
  folder,
  'film.mp4',
  `${picture('640x360', 2, 30)} ${tone(2)} ${quickH264} -movflags +faststart`,
);

/** Types of the top-level boxes of an MP4. */
function boxes(path: string): string[] {
  const bytes = readFileSync(path);
  const types: string[] = [];
  for (let at = 0; at < bytes.length; at += bytes.readUInt32BE(at))
    types.push(bytes.toString('latin1', at + 4, at + 8));
  return types;
}

test('a ladder in three containers, with a master playlist', async () => {
  const mp3 = { ...presetAudio, codec: 'mp3' } as const;
  const flv: OutputSpec = { id: 10046, container: 'flv', video: presetVideo(), audio: mp3 };
  const outputs = await make(folder, film, [...presets(10, 210, 220), flv], { masterPlaylist: true });
  assert.equal(describe(outputs.get(10)), 'mp4, h264 320x180 24 yuv420p, aac 2 44100');
  assert.equal(describe(outputs.get(210)), 'hls, h264 320x180 24 yuv420p, aac 2 44100');
  assert.equal(describe(outputs.get(220)), 'hls, h264 640x360 24 yuv420p, aac 2 44100');
  assert.equal(describe(outputs.get(10046)), 'flv, h264 320x180 24 yuv420p, mp3 2 44100');

  const mp4 = outputs.get(10)!;
  assert.deepEqual(
    mp4.files.map((file) => [file.name, file.role, file.contentType]),
    [['f0.f10.mp4', 'main', 'video/mp4']],
  );
  assert.deepEqual(boxes(mp4.files[0]!.path).slice(0, 2), ['ftyp', 'moov']);
  assert.equal(mp4.info.browserPlayable, true);
  assert.equal(mp4.md5, createHash('md5').update(readFileSync(mp4.files[0]!.path)).digest('hex'));

  const [playlist, segments] = outputs.get(210)!.files;
  assert.deepEqual(
    [playlist?.name, segments?.name, segments?.role],
    ['f0.f210.m3u8', 'f0.f210.ts', 'segments'],
  );
  const size = readFileSync(segments!.path).length;
  const text = readFileSync(playlist!.path, 'utf8');
  assert.match(text, new RegExp(`f0.f210.ts\\?start=0&end=${size - 1}&type=mpegts`));
  assert.equal(outputs.get(210)!.totalSize, size + text.length);
  assert.equal(outputs.get(210)!.info.size, text.length);

  const master = outputs.get(null)!;
  assert.equal(master.files[0]?.name, 'master_playlist.m3u8');
  const codecs = ['42c00c', '4d401e'].map((avc) => `CODECS="avc1.${avc},mp4a.40.2"`);
  const lines = readFileSync(master.files[0]!.path, 'utf8').split('\n');
  assert.deepEqual(
    lines.filter((line) => line.endsWith('.m3u8')),
    ['f0.f210.m3u8', 'f0.f220.m3u8'],
  );
  assert.deepEqual(
    lines.flatMap((line) => /CODECS=.*/.exec(line) ?? []),
    codecs,
  );
});

test('segments start with tables and a key frame, at the same times in every rung', async () => {
  const long = makeClip(folder, 'long.mp4', `${picture('160x90', 13, 12)} ${quickH264}`);
  const gop = { gopFrames: 60, width: 160 };
  const definitions: OutputSpec[] = [
    { id: 1, container: 'hls', video: presetVideo(gop), audio: null },
    { id: 2, container: 'hls', video: presetVideo({ ...gop, width: 128, fps: 30 }), audio: null },
  ];
  const outputs = await make(folder, long, definitions, { masterPlaylist: true, alignKeyFrames: true });
  const durations = [1, 2].map((id) => {
    const [playlist, file] = outputs.get(id)!.files;
    const text = readFileSync(playlist!.path, 'utf8');
    const bytes = readFileSync(file!.path);
    const ranges = [...text.matchAll(/start=(\d+)&end=(\d+)/g)].map(
      ([, start, end]) => [Number(start), Number(end)] as const,
    );
    assert.equal(ranges.length, 2);
    assert.equal(ranges.at(-1)![1], bytes.length - 1);
    for (const [start, end] of ranges) {
      assert.equal((end + 1 - start) % 188, 0);
      // ISO/IEC 13818-1: sync byte; the program association table, PID 0, is among the first packets.
      const pids = [0, 1, 2].map((i) => bytes.readUInt16BE(start + 188 * i + 1) & 0x1fff);
      assert.equal(bytes[start], 0x47);
      assert.ok(pids.includes(0));
      const slice = join(folder, 'slice.ts');
      writeFileSync(slice, bytes.subarray(start, end + 1));
      const args =
        '-v error -select_streams v -show_entries packet=flags -of csv=p=0 -read_intervals %+#1'.split(' ');
      assert.match(execFileSync('ffprobe', [...args, slice], { encoding: 'utf8' }), /^K/);
    }
    return Number(/#EXTINF:([\d.]+)/.exec(text)?.[1]);
  });
  assert.ok(Math.abs(durations[0]! - 10) < 0.05 && Math.abs(durations[1]! - 10) < 0.05, durations.join());
});

test('what fits is copied bit by bit, beside what is encoded', async () => {
  const audio = '-c:a aac -b:a 40k -ac 2 -ar 44100';
  const fitting = `${picture('320x180', 2)} ${tone(2)} ${quickH264} -profile:v baseline -b:v 200k -maxrate 220k -bufsize 200k`;
  for (const name of ['fits.mp4', 'fits.flv', 'fits.ts']) {
    const source = makeClip(folder, name, `${fitting} ${audio}`);
    const flv: OutputSpec = { ...preset(10), id: 1, container: 'flv' };
    const outputs = await make(folder, source, [
      ...presets(10, 210, 9, 6),
      flv,
      { ...preset(10), id: 2, video: presetVideo({ width: 160 }) },
    ]);
    const hashes = [source, ...[10, 210, 9, 6, 1].map((id) => outputs.get(id)!.files.at(-1)!.path)].map(
      pictureHash,
    );
    assert.equal(new Set(hashes).size, 1, name);
    assert.match(describe(outputs.get(2)), /160x90/);
  }
});

/** A hash of the decoded pictures: equal when a stream was copied, whatever the container. */
function pictureHash(path: string): string {
  const args = [
    '-v',
    'error',
    '-i',
    path,
    '-map',
    '0:v',
    '-fps_mode',
    'passthrough',
    '-f',
    'hash',
    '-hash',
    'md5',
    '-',
  ];
  return execFileSync('ffmpeg', args, { encoding: 'utf8' });
}

test('progress rises to 1, and an abort rejects with its reason', async () => {
  const outDir = mkdtempSync(join(folder, 'out-'));
  const plan = planTranscode(await probe(film), presets(10));
  const seen: number[] = [];
  await transcode(film, plan, outDir, { onProgress: (fraction) => seen.push(fraction) });
  assert.deepEqual(
    seen,
    seen.toSorted((a, b) => a - b),
  );
  assert.equal(seen.at(-1), 1);
  const reason = new Error('deleted');
  await assert.rejects(transcode(film, plan, outDir, { signal: AbortSignal.abort(reason) }), reason);
});

test('a plan without outputs starts nothing', async () => {
  const plan = planTranscode(await probe(film), presets(40), { disableHigherBitrate: true });
  const outDir = mkdtempSync(join(folder, 'out-'));
  assert.deepEqual(await transcode(film, plan, outDir), []);
  assert.deepEqual(readdirSync(outDir), []);
});
