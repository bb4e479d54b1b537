import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ProbeOutput, parseProbe } from './probe-parse.ts';

type Stream = NonNullable<ProbeOutput['streams']>[number];

const video: Stream = {
  ...{
    index: 0,
    codec_type: 'video',
    codec_name: 'h264',
    profile: 'High',
    level: 31,
    width: 1280,
    height: 720,
  },
  ...{ pix_fmt: 'yuv420p', avg_frame_rate: '24/1', r_frame_rate: '24/1', bit_rate: '900000' },
};
const audio: Stream = {
  ...{ index: 1, codec_type: 'audio', codec_name: 'aac', profile: 'LC', sample_rate: '44100', channels: 2 },
  ...{ bit_rate: '48000' },
};
const format = {
  ...{ format_name: 'mov,mp4,m4a,3gp,3g2,mj2', duration: '10.5', size: '1250000', bit_rate: '952380' },
  tags: { major_brand: 'isom' },
};

function parse(changes: Partial<Stream> = {}) {
  return parseProbe({ format, streams: [{ ...video, ...changes }, audio] });
}

test('an ordinary MP4', () => {
  const info = parse();
  assert.deepEqual(
    { container: info.container, durationMs: info.durationMs, size: info.size, bitrate: info.bitrate },
    { container: 'mp4', durationMs: 10_500, size: 1_250_000, bitrate: 948_000 },
  );
  assert.equal(info.browserPlayable, true);
});

const rotations: [string, Partial<Stream>, number][] = [
  ['display matrix, counter-clockwise', { side_data_list: [{ rotation: -90 }] }, 90],
  ['display matrix the other way', { side_data_list: [{}, { rotation: 90 }] }, 270],
  ['upside down', { side_data_list: [{ rotation: -180 }] }, 180],
  ['the older tag, clockwise', { tags: { rotate: '270' } }, 270],
  ['none', {}, 0],
];
for (const [name, changes, rotation] of rotations) {
  test(`rotation: ${name}`, () => {
    const info = parse(changes);
    assert.equal(info.rotation, rotation);
    const { displayWidth, displayHeight } = info.video[0]!;
    const size = rotation % 180 === 0 ? [1280, 720] : [720, 1280];
    assert.deepEqual([displayWidth, displayHeight], size);
  });
}

test('pixels that are not square stretch the width, before the picture is turned', () => {
  const anamorphic = { width: 720, height: 576, sample_aspect_ratio: '16:11' };
  assert.equal(parse(anamorphic).video[0]?.displayWidth, 1047);
  const turned = parse({ ...anamorphic, side_data_list: [{ rotation: -90 }] }).video[0]!;
  assert.deepEqual([turned.displayWidth, turned.displayHeight], [576, 1047]);
});

test('HDR, bit depth, range, interlacing and variable frame rates are seen', () => {
  const hdr = parse({ pix_fmt: 'yuv420p10le', color_transfer: 'smpte2084' }).video[0]!;
  assert.deepEqual([hdr.hdr, hdr.bitDepth], [true, 10]);
  const odd = parse({ pix_fmt: 'yuvj420p', field_order: 'tt', avg_frame_rate: '12/1' }).video[0]!;
  assert.deepEqual([odd.fullRange, odd.interlaced, odd.variableFrameRate], [true, true, true]);
});

test('embedded pictures are no video, and the default stream comes first', () => {
  const cover = { ...video, index: 2, codec_name: 'png', disposition: { attached_pic: 1 } };
  const second = { ...audio, index: 3, disposition: { default: 1 } };
  const info = parseProbe({ format, streams: [cover, audio, second] });
  assert.equal(info.video.length, 0);
  assert.deepEqual(
    info.audio.map((stream) => stream.index),
    [3, 1],
  );
});

test('unknown bitrates are what the others leave of the whole', () => {
  const info = parseProbe({ format, streams: [{ ...video, bit_rate: undefined }, audio] });
  assert.equal(info.video[0]?.bitrate, 952_380 - 48_000);
  const neither = parseProbe({
    format,
    streams: [
      { ...video, bit_rate: undefined },
      { ...audio, bit_rate: undefined },
    ],
  });
  assert.deepEqual([neither.audio[0]?.bitrate, neither.video[0]?.bitrate], [128_000, 824_380]);
  const tagged = parseProbe({ format, streams: [{ ...video, bit_rate: undefined, tags: { BPS: '777' } }] });
  assert.equal(tagged.video[0]?.bitrate, 777);
});

const containers: [string, string, string][] = [
  ['mov,mp4,m4a,3gp,3g2,mj2', 'qt  ', 'mov'],
  ['mov,mp4,m4a,3gp,3g2,mj2', 'M4A ', 'm4a'],
  ['mov,mp4,m4a,3gp,3g2,mj2', '3gp4', '3gp'],
  ['matroska,webm', '', 'mkv'],
  ['mpegts', '', 'ts'],
  ['flv', '', 'flv'],
];
for (const [format_name, major_brand, expected] of containers) {
  test(`container ${format_name} ${major_brand} is called ${expected}`, () => {
    const info = parseProbe({ format: { ...format, format_name, tags: { major_brand } }, streams: [video] });
    assert.equal(info.container, expected);
  });
}

test('browsers play neither 10 bit nor other codecs', () => {
  assert.equal(parse({ pix_fmt: 'yuv420p10le', profile: 'High 10' }).browserPlayable, false);
  assert.equal(parse({ codec_name: 'hevc', profile: 'Main' }).browserPlayable, false);
});

const missing: [string, Stream, string][] = [
  ['picture size', { ...video, width: 0 }, 'size-unknown'],
  ['video codec', { ...video, codec_name: undefined }, 'codec-unknown'],
  ['sampling rate', { ...audio, sample_rate: undefined }, 'sample-rate-unknown'],
  ['channels', { ...audio, channels: 0 }, 'channels-unknown'],
];
for (const [name, stream, reason] of missing) {
  test(`a file whose only stream lacks its ${name} is refused`, () => {
    assert.throws(() => parseProbe({ format, streams: [stream] }), {
      name: 'MediaError',
      stage: 'probe',
      reason,
    });
  });
}

test('nothing at all parses to an empty file', () => {
  const info = parseProbe({});
  assert.deepEqual([info.video, info.audio, info.durationMs, info.browserPlayable], [[], [], 0, false]);
});
