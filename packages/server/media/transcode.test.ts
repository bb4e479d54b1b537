import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TranscodeDefinition } from './definitions.ts';
import { type PlanOptions, planTranscode } from './plan.ts';
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
import { type TranscodeOutput, transcode } from './transcode.ts';

const folder = temporaryFolder();
const film = makeClip(
  folder,
  'film.mp4',
  `${picture('640x360', 2, 30)} ${tone(2)} ${quickH264} -movflags +faststart`,
);

async function make(source: string, definitions: TranscodeDefinition[], options: PlanOptions = {}) {
  const outDir = mkdtempSync(join(folder, 'out-'));
  const plan = planTranscode(await probe(source, { keyFrames: true }), definitions, options);
  const outputs = await transcode(source, plan, outDir);
  return new Map(outputs.map((output) => [output.definition, output]));
}

function describe(output: TranscodeOutput | undefined): string {
  const { video, audio, container } = output!.info;
  const picture = video.map(
    (v) => `${v.codec} ${v.displayWidth}x${v.displayHeight} ${v.fps} ${v.pixelFormat}`,
  );
  return [container, ...picture, ...audio.map((a) => `${a.codec} ${a.channels} ${a.sampleRate}`)].join(', ');
}

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
  const flv: TranscodeDefinition = { id: 10046, container: 'flv', video: presetVideo(), audio: mp3 };
  const outputs = await make(film, [...presets(10, 210, 220), flv], { masterPlaylist: true });
  assert.equal(describe(outputs.get(10)), 'mp4, h264 320x180 24 yuv420p, aac 2 44100');
  assert.equal(describe(outputs.get(210)), 'hls,applehttp, h264 320x180 24 yuv420p, aac 2 44100');
  assert.equal(describe(outputs.get(220)), 'hls,applehttp, h264 640x360 24 yuv420p, aac 2 44100');
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

  const master = outputs.get(10000)!;
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
  const definitions: TranscodeDefinition[] = [
    { id: 1, container: 'hls', video: presetVideo(gop), audio: null },
    { id: 2, container: 'hls', video: presetVideo({ ...gop, width: 128, fps: 30 }), audio: null },
  ];
  const outputs = await make(long, definitions, { masterPlaylist: true });
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

const sizes: [string, string, string, string][] = [
  ['portrait', 'portrait.mp4', `${picture('360x640')} ${quickH264}`, '180x320'],
  ['anamorphic', 'anamorphic.mkv', `${picture('360x288')} -vf setsar=16/11 ${quickH264}`, '320x176'],
  ['odd edges', 'odd.mkv', `${picture('301x201')} -c:v ffv1`, '300x200'],
  ['4:4:4', 'chroma.mkv', `${picture('320x180')} -c:v ffv1 -pix_fmt yuv444p`, '320x180'],
  ['full range', 'range.avi', `${picture('320x180')} -c:v mjpeg`, '320x180'],
  [
    'HEVC 10 bit',
    'ten.mkv',
    `${picture('320x180')} -c:v libx265 -x265-params log-level=error -preset ultrafast -pix_fmt yuv420p10le`,
    '320x180',
  ],
  [
    'variable frame rate',
    'vfr.mkv',
    `${picture('320x180', 2)} -vf select=not(mod(n\\,5))+lt(n\\,9) -fps_mode vfr ${quickH264}`,
    '320x180',
  ],
  [
    'interlaced',
    'tv.ts',
    `${picture('320x240', 1, 50)} -vf tinterlace=interleave_top,setfield=tff -c:v mpeg2video -pix_fmt yuv420p -flags +ildct+ilme`,
    '320x240',
  ],
  ['two pixels', 'two.mkv', `${picture('2x2')} -c:v ffv1`, '2x2'],
];
for (const [name, file, args, size] of sizes) {
  test(`a source that is ${name} becomes ${size}, square, progressive, 8 bit`, async () => {
    const output = (await make(makeClip(folder, file, args), [preset(10)])).get(10)!;
    const [video] = output.info.video;
    assert.equal(describe(output), `mp4, h264 ${size} 24 yuv420p`);
    assert.equal(`${video?.width}x${video?.height}`, size);
    assert.deepEqual([video?.interlaced, video?.fullRange, video?.variableFrameRate], [false, false, false]);
  });
}

test('a turned recording comes out upright', async () => {
  const turned = makeClip(folder, 'turned.mp4', `-i ${film} -c copy -metadata:s:v rotate=90`);
  const outputs = await make(turned, presets(10, 210));
  for (const id of [10, 210]) {
    assert.equal(outputs.get(id)!.info.rotation, 0);
    assert.match(describe(outputs.get(id)), /h264 180x320 24/);
  }
});

test('HDR becomes SDR', async () => {
  const hdrTags = '-color_primaries bt2020 -color_trc smpte2084 -colorspace bt2020nc';
  const x265 = 'log-level=error:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc';
  const args = `${picture('320x180', 0.2)} -c:v libx265 -preset ultrafast -x265-params ${x265} -pix_fmt yuv420p10le ${hdrTags}`;
  const hdr = makeClip(folder, 'hdr.mp4', args);
  assert.equal((await probe(hdr)).video[0]?.hdr, true);
  const output = (await make(hdr, [preset(10)])).get(10)!;
  assert.deepEqual([output.info.video[0]?.hdr, output.info.video[0]?.pixelFormat], [false, 'yuv420p']);
});

test('a single frame is a film too', async () => {
  const frame = makeClip(folder, 'frame.mp4', `${picture('320x180')} -frames:v 1 ${quickH264}`);
  const outputs = await make(frame, presets(10, 210));
  assert.equal(outputs.get(10)?.info.durationMs, 42);
  assert.match(readFileSync(outputs.get(210)!.files[0]!.path, 'utf8'), /#EXTINF:0\.042,/);
});

test('the default audio track is the one that is heard', async () => {
  const sounds = `-f lavfi -i anullsrc=r=48000:d=1 -f lavfi -i sine=d=1`;
  const maps = '-map 0 -map 1 -map 2 -c:a aac -disposition:a:0 0 -disposition:a:1 default';
  const source = makeClip(folder, 'tracks.mkv', `${picture('320x180')} ${sounds} ${maps} ${quickH264}`);
  const output = (await make(source, [preset(10)])).get(10)!;
  assert.equal(output.info.audio.length, 1);
  const stderr = execFileSync('ffmpeg', [
    '-v',
    'error',
    '-i',
    output.files[0]!.path,
    '-map',
    'a',
    '-f',
    's16le',
    '-',
  ]);
  assert.ok(
    stderr.some((byte) => byte !== 0),
    'silence',
  );
});

test('sound that starts late and lasts longer stays in place', async () => {
  const args = `${picture('320x180', 1)} -itsoffset 1 ${tone(1)} -map 0 -map 1 ${quickH264}`;
  const outputs = await make(makeClip(folder, 'late.mkv', args), presets(10, 210));
  for (const id of [10, 210]) {
    const { durationMs } = outputs.get(id)!.info;
    assert.ok(Math.abs(durationMs - 2000) < 100, `${id}: ${durationMs} ms`);
  }
});

test('sound only: what has a picture is refused, what has none is made', async () => {
  const cover = makeClip(folder, 'cover.png', '-f lavfi -i color=red:s=64x64:d=0.04 -frames:v 1');
  const song = makeClip(
    folder,
    'song.mp3',
    `${tone()} -i ${cover} -map 0 -map 1 -disposition:v attached_pic`,
  );
  await assert.rejects(make(song, [preset(10)]), { code: -47402 });
  const audio = presetAudio;
  const outputs = await make(song, [
    { id: 1, container: 'mp4', video: null, audio },
    { id: 2, container: 'hls', video: null, audio },
  ]);
  assert.equal(describe(outputs.get(1)), 'mp4, aac 2 44100');
  assert.equal(describe(outputs.get(2)), 'hls,applehttp, aac 2 44100');
});

test('what fits is copied bit by bit, beside what is encoded', async () => {
  const audio = '-c:a aac -b:a 40k -ac 2';
  const fitting = `${picture('320x180', 2)} ${tone(2)} ${quickH264} -profile:v baseline -b:v 200k -maxrate 220k -bufsize 200k`;
  for (const name of ['fits.mp4', 'fits.flv', 'fits.ts']) {
    const source = makeClip(folder, name, `${fitting} ${audio}`);
    const flv: TranscodeDefinition = { ...preset(10), id: 1, container: 'flv' };
    const outputs = await make(source, [
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

test('a file cut short is damaged, not a shorter film', async () => {
  const bytes = readFileSync(film);
  const cut = join(folder, 'cut.mp4');
  writeFileSync(cut, bytes.subarray(0, bytes.length / 3));
  await assert.rejects(make(cut, presets(10)), (error: Error & { code: number; log: string }) => {
    assert.equal(error.code, -45001);
    assert.match(error.log, /partial file/);
    return true;
  });
});

test('a file overwritten with noise is damaged', async () => {
  const bytes = Buffer.from(readFileSync(film));
  for (let i = 20_000; i < bytes.length; i += 1) bytes[i] = (i * i * 7919 + i) % 251;
  const noise = join(folder, 'noise.mp4');
  writeFileSync(noise, bytes);
  await assert.rejects(make(noise, presets(10)), { code: -45001, transient: false });
});

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
