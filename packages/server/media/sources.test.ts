import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { MediaError } from './errors.ts';
import { probe } from './probe.ts';
import {
  makeClip,
  picture,
  preset,
  presetAudio,
  presets,
  quickH264,
  temporaryFolder,
  tone,
} from './testing/clips.ts';
import { describe, make } from './testing/make.ts';

const folder = temporaryFolder();
const film = makeClip(
  folder,
  'film.mp4',
  `${picture('640x360', 2, 30)} ${tone(2)} ${quickH264} -movflags +faststart`,
);

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
    const output = (await make(folder, makeClip(folder, file, args), [preset(10)])).get(10)!;
    const [video] = output.info.video;
    assert.equal(describe(output), `mp4, h264 ${size} 24 yuv420p`);
    assert.equal(`${video?.width}x${video?.height}`, size);
    assert.deepEqual([video?.interlaced, video?.fullRange, video?.variableFrameRate], [false, false, false]);
  });
}

test('a small source is scaled up on demand', async () => {
  const small = makeClip(folder, 'small.mp4', `${picture('160x120')} ${quickH264}`);
  const sizeOf = async (upscale: boolean) =>
    describe((await make(folder, small, [preset(10)], { upscale })).get(10)).split(' ')[2];
  assert.deepEqual([await sizeOf(false), await sizeOf(true)], ['160x120', '320x240']);
});

test('a turned recording comes out upright', async () => {
  const turned = makeClip(folder, 'turned.mp4', `-i ${film} -c copy -metadata:s:v rotate=90`);
  const outputs = await make(folder, turned, presets(10, 210));
  for (const id of [10, 210]) {
    assert.equal(outputs.get(id)!.info.rotation, 0);
    assert.match(describe(outputs.get(id)), /h264 180x320 24/);
  }
});

test('a turned recording that is copied stays turned, in the file or in the stream', async () => {
  const turned = makeClip(folder, 'turned-copy.mp4', `-i ${film} -c copy -metadata:s:v rotate=90`);
  const { rotation, video } = await probe(turned);
  const outputs = await make(folder, turned, presets(9, 6));
  for (const id of [9, 6]) {
    const { info } = outputs.get(id)!;
    assert.equal(info.rotation, rotation);
    assert.deepEqual(
      [info.video[0]?.displayWidth, info.video[0]?.displayHeight],
      [video[0]?.displayWidth, video[0]?.displayHeight],
    );
  }
  const show = '-v error -select_streams v -show_frames -read_intervals %+#1 -of json'.split(' ');
  const frames = execFileSync('ffprobe', [...show, outputs.get(6)!.files[1]!.path], { encoding: 'utf8' });
  // The display matrix counts counter-clockwise.
  assert.equal(Number(/"rotation": (-?\d+)/.exec(frames)?.[1]), rotation === 270 ? 90 : -90);
});

test('HDR becomes SDR', async () => {
  const hdrTags = '-color_primaries bt2020 -color_trc smpte2084 -colorspace bt2020nc';
  const x265 = 'log-level=error:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc';
  const args = `${picture('320x180', 0.2)} -c:v libx265 -preset ultrafast -x265-params ${x265} -pix_fmt yuv420p10le ${hdrTags}`;
  const hdr = makeClip(folder, 'hdr.mp4', args);
  assert.equal((await probe(hdr)).video[0]?.hdr, true);
  const output = (await make(folder, hdr, [preset(10)])).get(10)!;
  assert.deepEqual([output.info.video[0]?.hdr, output.info.video[0]?.pixelFormat], [false, 'yuv420p']);
});

test('a single frame is a film too', async () => {
  const frame = makeClip(folder, 'frame.mp4', `${picture('320x180')} -frames:v 1 ${quickH264}`);
  const outputs = await make(folder, frame, presets(10, 210));
  assert.equal(outputs.get(10)?.info.durationMs, 42);
  assert.match(readFileSync(outputs.get(210)!.files[0]!.path, 'utf8'), /#EXTINF:0\.042,/);
});

test('the default audio track is the one that is heard', async () => {
  const sounds = `-f lavfi -i anullsrc=r=48000:d=1 -f lavfi -i sine=d=1`;
  const maps = '-map 0 -map 1 -map 2 -c:a aac -disposition:a:0 0 -disposition:a:1 default';
  const source = makeClip(folder, 'tracks.mkv', `${picture('320x180')} ${sounds} ${maps} ${quickH264}`);
  const output = (await make(folder, source, [preset(10)])).get(10)!;
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
  const outputs = await make(folder, makeClip(folder, 'late.mkv', args), presets(10, 210));
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
  await assert.rejects(make(folder, song, [preset(10)]), {
    reason: 'no-video',
    message: 'the file has no video',
  });
  const audio = presetAudio;
  const outputs = await make(folder, song, [
    { id: 1, container: 'mp4', video: null, audio },
    { id: 2, container: 'hls', video: null, audio },
  ]);
  assert.equal(describe(outputs.get(1)), 'mp4, aac 2 44100');
  assert.equal(describe(outputs.get(2)), 'hls, aac 2 44100');
});

test('a file cut short is damaged, not a shorter film', async () => {
  const bytes = readFileSync(film);
  const cut = join(folder, 'cut.mp4');
  writeFileSync(cut, bytes.subarray(0, bytes.length / 3));
  await assert.rejects(make(folder, cut, presets(10)), (error: MediaError) => {
    assert.deepEqual([error.stage, error.reason, error.transient], ['transcode', 'damaged', false]);
    assert.match(error.message, /^the file ends too early: only \d\.\d of 2\.0 s could be decoded$/);
    assert.match(error.log, /partial file/);
    return true;
  });
});

test('a file overwritten with noise is damaged', async () => {
  const bytes = Buffer.from(readFileSync(film));
  for (let i = 20_000; i < bytes.length; i += 1) bytes[i] = (i * i * 7919 + i) % 251;
  const noise = join(folder, 'noise.mp4');
  writeFileSync(noise, bytes);
  await assert.rejects(make(folder, noise, presets(10)), {
    ...{ stage: 'transcode', reason: 'damaged', transient: false },
  });
});
