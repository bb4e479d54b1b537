import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PSEUDO_DEFINITIONS } from '@openvod/contract/v2';
import { planTranscode } from '../../media/index.ts';
import { mediaInfo, videoStream } from '../../media/testing/infos.ts';
import { checkedBody } from '../checked-body.ts';
import { patched } from '../patch.ts';
import { FIRST_OWN_ID, firstOwnId, presetOf, presetsOf } from '../presets.ts';
import { KINDS, kindOf, type TemplateKind } from './all.ts';
import type { TranscodeBody } from './transcode.ts';

for (const kind of Object.keys(KINDS) as TemplateKind[]) {
  test(`presets of ${kind}: ids are given once, stand for nothing else and are below those of customers`, () => {
    const ids = kindOf(kind).presets.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    for (const id of ids) assert.ok(Number.isInteger(id) && id > 0 && id < firstOwnId(kind), String(id));
    if (kind === 'transcode')
      for (const id of Object.values(PSEUDO_DEFINITIONS)) assert.ok(!ids.includes(id), String(id));
  });

  test(`presets of ${kind} are what customers could have made, and survive being kept`, () => {
    for (const { id, body } of kindOf(kind).presets)
      assert.deepEqual(checkedBody(kind, JSON.parse(JSON.stringify(body))), body, String(id));
  });
}

test('every transcode preset of the documents is there; ids without parameters are not', () => {
  const ids = [10, 20, 30, 40, 210, 220, 230, 240, 10046, 10047, 10048, 10049, 211, 221, 231, 241, 242, 6, 9];
  assert.deepEqual(
    presetsOf('transcode').map(({ id }) => id),
    ids.toSorted((a, b) => a - b),
  );
  for (const id of [0, 1, 70, 510, 10000, -20, 1000001, 0.5, Number.NaN])
    assert.equal(presetOf('transcode', id), null, String(id));
});

test('definition 30 is as the documents say', () => {
  assert.deepEqual(presetOf('transcode', 30)?.body, {
    container: 'mp4',
    video: {
      ...{ codec: 'h264', width: 1280, height: 720, selfAdapting: true, fps: 24 },
      ...{ bitrate: 1_024_000, profile: 'high', gopFrames: 250 },
    },
    audio: { codec: 'aac', bitrate: 48_000, channels: 2, sampleRate: 44_100 },
  });
});

test('the MP4, HLS and FLV presets of one quality have the same picture', () => {
  for (const quality of ['FLU', 'SD', 'HD', 'FHD']) {
    const [first, ...others] = presetsOf('transcode').filter(({ name }) => name.endsWith(` ${quality}`));
    assert.equal(others.length, 2);
    for (const other of others) assert.deepEqual(other.body.video, first?.body.video);
  }
});

test('snapshot 10 is a JPEG of the size of the source', () => {
  assert.deepEqual(presetOf('snapshot', 10)?.body, {
    ...{ format: 'jpg', width: null, height: null, fill: 'stretch' },
  });
  assert.equal(presetOf('snapshot', 20), null);
});

const mp4 = presetOf('transcode', 30)!.body;
const video = mp4.video!;
const audio = mp4.audio!;

test('a transcode body that media could not make is refused, and says which field is wrong', () => {
  const cases: [body: unknown, field: string][] = [
    [{ ...mp4, container: 'avi' }, 'container'],
    [{ ...mp4, container: 'toString' }, 'container'],
    [{ ...mp4, video: null, audio: null }, ''],
    [{ ...mp4, colour: 'red' }, ''],
    [{ container: 'mp4', audio }, 'video'],
    [{ ...mp4, video: { ...video, codec: 'vp9' } }, 'video.codec'],
    [{ ...mp4, video: { ...video, bitrate: 0 } }, 'video.bitrate'],
    [{ ...mp4, video: { ...video, bitrate: '900' } }, 'video.bitrate'],
    [{ ...mp4, video: { ...video, fps: Number.NaN } }, 'video.fps'],
    [{ ...mp4, video: { ...video, fps: 0 } }, 'video.fps'],
    [{ ...mp4, video: { ...video, width: 100_000 } }, 'video.width'],
    [{ ...mp4, video: { ...video, width: 'half' } }, 'video.width'],
    [{ ...mp4, video: { ...video, width: 720, height: 1280 } }, 'video.height'],
    [{ ...mp4, video: { ...video, width: 'source' } }, 'video.height'],
    [{ ...mp4, video: { ...video, height: 'source' } }, 'video.height'],
    [{ ...mp4, video: { ...video, width: null, height: null } }, 'video.height'],
    [{ ...mp4, container: 'flv', video: { ...video, codec: 'hevc', profile: null } }, 'video.codec'],
    [{ ...mp4, video: { ...video, bitDepth: 10 } }, 'video.bitDepth'],
    [{ ...mp4, video: { ...video, gop: { minMs: 2000, maxMs: 1000 } } }, 'video.gop'],
    [{ ...mp4, video: { ...video, atMost: { profile: true } } }, 'video.atMost'],
    [{ ...mp4, audio: { ...audio, resampler: 'sinc' } }, 'audio.resampler'],
    [{ ...mp4, audio: { ...audio, channels: 6 } }, 'audio.channels'],
    [{ ...mp4, audio: { ...audio, sampleRate: 200 } }, 'audio.sampleRate'],
    [null, ''],
    ['mp4', ''],
  ];
  for (const [body, field] of cases) {
    assert.throws(
      () => checkedBody('transcode', body),
      { name: 'Refused', kind: 'template.invalid', field },
      JSON.stringify(body),
    );
  }
});

test('a transcode body that is allowed can be planned as it says', () => {
  const source = mediaInfo({ video: [videoStream({ displayWidth: 3840, displayHeight: 2160 })] });
  const cases: [body: TranscodeBody, picture: object | null][] = [
    [
      { ...mp4, audio: null },
      { width: 1280, height: 720 },
    ],
    [{ ...mp4, video: null }, null],
    [
      { ...mp4, video: { ...video, selfAdapting: false, width: 720, height: 1280 } },
      { width: 720, height: 1280 },
    ],
    [
      { ...mp4, video: { ...video, width: 'source', height: null } },
      { width: 3840, height: 2160 },
    ],
    [
      { ...mp4, container: 'flv' },
      { width: 1280, height: 720 },
    ],
    [
      { ...mp4, video: { ...video, fps: 29.97, profile: null } },
      { fps: 29.97, profile: 'high' },
    ],
  ];
  for (const [body, picture] of cases) {
    const plan = planTranscode(source, [{ id: FIRST_OWN_ID, ...checkedBody('transcode', body) }]);
    const [track] = plan.video;
    assert.equal(track !== undefined, picture !== null);
    if (picture) assert.deepEqual({ ...track, ...picture }, track, JSON.stringify(body));
    assert.equal(plan.audio.length, body.audio ? 1 : 0);
  }
});

test('a picture is a JPEG or a PNG of 128 to 4096 px each way, or as the source; an older one is stretched', () => {
  for (const [width, height] of [
    [null, 720],
    [1280, null],
    [500, 281],
  ])
    assert.deepEqual(checkedBody('snapshot', { format: 'jpg', width, height }), {
      ...{ format: 'jpg', width, height, fill: 'stretch' },
    });
  const every = { percent: 10 };
  const refused: [kind: TemplateKind, body: object, field: string][] = [
    ['snapshot', { format: 'gif', width: null, height: null }, 'format'],
    ['snapshot', { format: 'jpg', width: 127, height: null }, 'width'],
    ['snapshot', { format: 'jpg', width: null, height: 4097 }, 'height'],
    ['snapshot', { format: 'jpg', width: 128.5, height: null }, 'width'],
    ['snapshot', { format: 'jpg', width: null }, 'height'],
    ['snapshot', { format: 'jpg', width: 200, height: 200, fill: 'transparent' }, 'fill'],
    ['snapshot', { format: 'png', width: 200, height: 200, fill: 'red' }, 'fill'],
    ['sampledSnapshot', { format: 'jpg', width: null, height: null }, 'every'],
    ['sampledSnapshot', { format: 'jpg', width: null, height: null, every: { percent: 0 } }, 'every.percent'],
    ['sampledSnapshot', { format: 'jpg', width: null, height: null, every: { ms: 1500 } }, 'every.ms'],
    ['sampledSnapshot', { format: 'jpg', width: 100, height: null, every }, 'width'],
    ['animated', { format: 'png', width: null, height: null, fps: 2 }, 'format'],
    ['animated', { format: 'gif', width: null, height: null, fps: 31 }, 'fps'],
    ['animated', { format: 'webp', width: 5000, height: null, fps: 2 }, 'width'],
  ];
  for (const [kind, body, field] of refused)
    assert.throws(() => checkedBody(kind, body), { kind: 'template.invalid', field }, JSON.stringify(body));
});

test('a sheet of a sprite is 128 to 4096 px each way and has 100 pictures at most', () => {
  const { body } = presetOf('sprite', 10)!;
  assert.deepEqual(body, {
    ...{ format: 'jpg', width: 142, height: 80, rows: 10, columns: 10 },
    ...{ intervalMs: 10_000, fill: 'black' },
  });
  const refused: [change: object, field: string][] = [
    [{ width: 12 }, 'width'],
    [{ width: 410 }, 'width'],
    [{ height: 12 }, 'height'],
    [{ rows: 11 }, 'rows'],
    [{ rows: 0 }, 'rows'],
    [{ intervalMs: 999 }, 'intervalMs'],
    [{ fill: 'transparent' }, 'fill'],
  ];
  for (const [change, field] of refused)
    assert.throws(() => checkedBody('sprite', { ...body, ...change }), { kind: 'template.invalid', field });
  assert.ok(checkedBody('sprite', { ...body, width: 409 }));
});

const logo = {
  ...{ kind: 'image', imageKey: 'vod1/logo.png', origin: 'topLeft' },
  x: { value: 20, unit: 'px' },
  y: { value: 10, unit: 'percent' },
  width: { value: 5.5, unit: 'percent' },
  height: null,
};

test('a watermark body places a picture in px or percent of the video', () => {
  for (const body of [logo, { ...logo, origin: 'bottomRight', height: { value: 100, unit: 'px' } }])
    assert.deepEqual(checkedBody('watermark', body), body);
  const refused: [body: object, field: string][] = [
    [{ ...logo, kind: 'video' }, 'kind'],
    [{ ...logo, imageKey: '' }, 'imageKey'],
    [{ ...logo, origin: 'centre' }, 'origin'],
    [{ ...logo, x: { value: -1, unit: 'px' } }, 'x.value'],
    [{ ...logo, x: { value: 4097, unit: 'px' } }, 'x.value'],
    [{ ...logo, x: { value: 0.5, unit: 'px' } }, 'x.value'],
    [{ ...logo, y: { value: 101, unit: 'percent' } }, 'y.value'],
    [{ ...logo, y: { value: 1, unit: 'em' } }, 'y.unit'],
    [{ ...logo, width: { value: 0, unit: 'percent' } }, 'width.value'],
    [{ ...logo, height: { value: 0, unit: 'px' } }, 'height.value'],
  ];
  for (const [body, field] of refused)
    assert.throws(() => checkedBody('watermark', body), { kind: 'template.invalid', field });
});

test('a patch changes percent of a watermark into px', () => {
  const patch = { width: { value: 64, unit: 'px' }, height: { value: 64, unit: 'px' } };
  assert.deepEqual(checkedBody('watermark', patched<object>(logo, patch)), { ...logo, ...patch });
});
