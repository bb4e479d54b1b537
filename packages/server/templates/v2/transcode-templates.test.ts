import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CreateTranscodeTemplate,
  QueryTranscodeTemplate,
  QueryTranscodeTemplateList,
} from '@openvod/contract/v2';
import { describeOnBothDatabases } from '../../testing/databases.ts';
import { WireError } from '../../testing/wire-error.ts';
import { APP, createFixture } from '../testing/fixture.ts';

const hd = {
  ...{ name: 'hd720', container: 'mp4', comment: 'demo', 'video.codec': 'libx264', 'video.fps': 25 },
  ...{ 'video.width': 1280, 'video.height': 720, 'video.bitrate': 1024 },
  ...{ 'audio.codec': 'libfdk_aac', 'audio.bitrate': 64, 'audio.soundSystem': 2, 'audio.sampleRate': 44_100 },
};
const small = { 'video.codec': 'libx265', 'video.width': 640, 'video.height': 360 };

const code = (expected: number) => (error: unknown) => error instanceof WireError && error.code === expected;

describeOnBothDatabases('transcode templates over the wire', (open) => {
  test('are made, shown in both forms, listed before presets, changed in what is sent, and gone', async () => {
    await using opened = await open();
    const { call } = createFixture(opened, [1_000_001, 30]);
    const made = await call('CreateTranscodeTemplate', hd, { now: 1_485_156_352_900 });
    CreateTranscodeTemplate.result.parse(made);
    assert.deepEqual(made, { definition: 1_000_001, data: { definition: 1_000_001 } });

    const shown = await call('QueryTranscodeTemplate', { definition: 1_000_001 });
    QueryTranscodeTemplate.result.parse(shown);
    const { data, ...top } = shown;
    assert.deepEqual(top, data);
    const expected = {
      ...{ definition: 1_000_001, name: 'hd720', container: 'mp4', comment: 'demo' },
      ...{ createTime: 1_485_156_352, updateTime: 1_485_156_352, onPremise: 0, status: 1 },
      ...{ isFiltrateVideo: 0, isFiltrateAudio: 0, denoise: { enable: 0 } },
      video: {
        ...{ codec: 'libx264', fps: 25, resolutionSelfAdapting: 'open', width: 1280, height: 720 },
        ...{ bitrate: 1024, denoise: { enable: 0 } },
      },
      audio: {
        ...{ codec: 'libfdk_aac', bitrate: 64, soundSystem: 2, sampleRate: 44_100, audioDownmixMode: 0 },
      },
    };
    assert.deepEqual(data, expected);

    const change = { definition: 1_000_001, comment: 'changed', 'video.bitrate': -900, name: '' };
    assert.deepEqual(await call('UpdateTranscodeTemplate', change, { now: 1_485_156_360_000 }), {
      data: null,
    });
    const changed = {
      ...{ ...expected, comment: 'changed', updateTime: 1_485_156_360 },
      video: { ...expected.video, bitrate: -900 },
    };
    assert.deepEqual((await call('QueryTranscodeTemplateInfo', { definition: 1_000_001 })).data, changed);

    const list = await call('QueryTranscodeTemplateList');
    QueryTranscodeTemplateList.result.parse(list);
    assert.deepEqual(list.data, list.definitionList);
    const [first, ...presets] = list.data;
    const times = { create_time: changed.createTime, update_time: changed.updateTime };
    assert.deepEqual(first, { ...changed, ...times });
    assert.equal(presets.length, 19);
    for (const { definition, onPremise, status } of presets)
      assert.deepEqual([onPremise, status], [1, Number(definition === 30)]);
    assert.deepEqual((await call('QueryTranscodeTemplateList', { name: 'hd720' })).data, [first]);
    assert.deepEqual((await call('QueryTranscodeTemplateList', { name: 'hd' })).data, []);

    assert.deepEqual(await call('DeleteTranscodeTemplate', { definition: 1_000_001 }), { data: null });
    for (const action of ['Query', 'Update', 'Delete'])
      await assert.rejects(call(`${action}TranscodeTemplate`, { definition: 1_000_001 }), code(10704));
  });

  test('are the application’s own, sixteen at most', async () => {
    await using opened = await open();
    const { call } = createFixture(opened);
    for (let i = 0; i < 16; i++) await call('CreateTranscodeTemplate', { ...hd, name: `t${i}` });
    await assert.rejects(call('CreateTranscodeTemplate', hd), code(1000));
    await assert.rejects(
      call('QueryTranscodeTemplate', { definition: 1_000_001 }, { appId: '1250000002' }),
      code(10704),
    );
    await call('CreateTranscodeTemplate', hd, { appId: '1250000002' });
  });

  test('that are presets are shown, and neither changed nor deleted', async () => {
    await using opened = await open();
    const { call } = createFixture(opened);
    const { data } = await call('QueryTranscodeTemplate', { definition: 30 });
    assert.deepEqual(
      [
        data.name,
        data.onPremise,
        data.createTime,
        data.video.width,
        data.video.videoProfile,
        data.audio.bitrate,
      ],
      ['MP4 HD', 1, 0, 1280, 'high', 48],
    );
    const { data: copy } = await call('QueryTranscodeTemplate', { definition: 9 });
    assert.deepEqual(
      [copy.isFiltrateVideo, copy.video, copy.audio],
      [0, { codec: 'COPY' }, { codec: 'COPY' }],
    );
    await assert.rejects(call('UpdateTranscodeTemplate', { definition: 30, comment: 'x' }), code(10704));
    await assert.rejects(call('DeleteTranscodeTemplate', { definition: 30 }), code(10704));
    for (const action of ['Query', 'Delete'])
      await assert.rejects(call(`${action}TranscodeTemplate`, { definition: 'x' }), code(4000));
    await assert.rejects(call('UpdateTranscodeTemplate', { definition: 'x' }), code(10735));
  });

  test('that say what is wrong or impossible are refused with the code of the field, made or changed', async () => {
    await using opened = await open();
    const { call, templates, db } = createFixture(opened);
    const { definition } = await call('CreateTranscodeTemplate', hd);
    const kept = await templates.get(db, APP, 'transcode', definition);
    const cases: [number, Record<string, string | number>][] = [
      [4000, { name: 'x'.repeat(64) }],
      [4000, { comment: '云'.repeat(86) }],
      [1000, { name: 'a\u0001' }],
      [10730, { container: 'avi' }],
      [10731, { 'video.fps': 0 }],
      [10731, { 'video.fps': 121 }],
      [10731, { 'video.fps': 'fast' }],
      [10732, { 'video.codec': 'h264' }],
      [10732, { ...small, container: 'flv' }],
      [10733, { 'video.bitrate': 127 }],
      [10733, { 'video.bitrate': 10_001 }],
      [10733, { 'video.bitrate': -10_001 }],
      [10733, { 'video.bitrate': 256_000 }],
      [10734, { 'video.resolutionSelfAdapting': 'maybe' }],
      [10734, { 'video.width': 127 }],
      [10734, { 'video.width': -1921 }],
      [10734, { 'video.height': 1921 }],
      [10734, { 'video.width': 640, 'video.height': 720 }],
      [10734, { 'video.codec': 'libx265' }],
      [10734, { 'video.codec': 'libx265', 'video.width': 0, 'video.height': 0 }],
      [10734, { ...small, 'video.width': 642 }],
      [10734, { ...small, 'video.height': 482 }],
      [10736, { isFiltrateVideo: 2 }],
      [10737, { isFiltrateAudio: 2 }],
      [1000, { isFiltrateVideo: 1, isFiltrateAudio: 1 }],
      [10738, { 'video.minGop': 0 }],
      [10738, { 'video.minGop': 11 }],
      [10738, { 'video.minGop': 5, 'video.maxGop': 4 }],
      [10739, { 'video.maxGop': 0 }],
      [10739, { 'video.maxGop': 11 }],
      [10740, { 'video.videoProfile': 'extended' }],
      [10740, { ...small, 'video.videoProfile': 'high' }],
      [10741, { 'video.colorSpace': 'yuv444p' }],
      [10741, { 'video.colorSpace': 'yuv420p10le' }],
      [10742, { 'video.deinterlaced': 2 }],
      [10743, { 'video.videoRateControl': 2 }],
      [10745, { 'denoise.enable': 2 }],
      [10745, { 'video.denoise.enable': 'x' }],
      [10754, { 'audio.codec': 'aac' }],
      [10755, { 'audio.sampleRate': 200 }],
      [10756, { 'audio.bitrate': 25 }],
      [10756, { 'audio.bitrate': 257 }],
      [10756, { 'audio.codec': 'libmp3lame', 'audio.bitrate': 26 }],
      [10757, { 'audio.soundSystem': 6 }],
      [10758, { 'audio.audioResampler': 'swr' }],
      [10759, { 'audio.audioDownmixMode': 2 }],
    ];
    for (const [expected, params] of cases) {
      const what = JSON.stringify(params);
      await assert.rejects(call('CreateTranscodeTemplate', { ...hd, ...params }), code(expected), what);
      await assert.rejects(call('UpdateTranscodeTemplate', { definition, ...params }), code(expected), what);
    }
    const missing: [number, string][] = [
      [10730, 'container'],
      [10731, 'video.fps'],
      [10732, 'video.codec'],
      [10754, 'audio.codec'],
      [10755, 'audio.sampleRate'],
      [10756, 'audio.bitrate'],
    ];
    for (const [expected, name] of missing)
      await assert.rejects(call('CreateTranscodeTemplate', { ...hd, [name]: '' }), code(expected), name);
    const { container } = hd;
    await assert.rejects(call('CreateTranscodeTemplate', { container }), code(10732));
    await assert.rejects(call('CreateTranscodeTemplate', { container, isFiltrateVideo: 1 }), code(10754));
    assert.deepEqual(await templates.get(db, APP, 'transcode', definition), kept);
    assert.equal((await call('QueryTranscodeTemplateList', { name: 'hd720' })).data.length, 1);
  });

  test('say all that the page has, and show what was given', async () => {
    await using opened = await open();
    const { call } = createFixture(opened);
    const video = {
      ...{ codec: 'libx265', fps: -29.97, resolutionSelfAdapting: 'close', width: -640, height: 360 },
      ...{ bitrate: -512, minGop: 1, maxGop: 4, videoProfile: 'main', colorSpace: 'yuv420p10le' },
      ...{ deinterlaced: 1, videoRateControl: 1 },
    };
    const audio = {
      ...{ codec: 'libmp3lame', bitrate: -128, soundSystem: 1, sampleRate: -48_000 },
      ...{ audioResampler: 'soxr', audioDownmixMode: 1 },
    };
    const dotted = (prefix: string, fields: object) =>
      Object.fromEntries(Object.entries(fields).map(([name, value]) => [`${prefix}.${name}`, value]));
    const params = { container: 'hls', ...dotted('video', video), ...dotted('audio', audio) };
    for (const name of ['denoise.enable', 'video.denoise.enable']) {
      const { definition } = await call('CreateTranscodeTemplate', { ...params, [name]: 1 });
      const { data } = await call('QueryTranscodeTemplate', { definition });
      assert.deepEqual(data.video, { ...video, denoise: { enable: 1 } });
      assert.deepEqual([data.audio, data.denoise, data.name], [audio, { enable: 1 }, '']);
    }
  });

  test('without a bitrate have that of the source, without a size the size of the source', async () => {
    await using opened = await open();
    const { call } = createFixture(opened);
    const { 'video.width': _, 'video.height': __, 'video.bitrate': ___, ...rest } = hd;
    const { definition } = await call('CreateTranscodeTemplate', rest);
    const { data } = await call('QueryTranscodeTemplate', { definition });
    assert.deepEqual([data.video.width, data.video.height, data.video.bitrate], [0, 0, -10_000]);
    await call('UpdateTranscodeTemplate', { definition, 'video.height': 480 });
    await call('UpdateTranscodeTemplate', { definition, 'audio.soundSystem': 'dual-channel' });
    const { data: high } = await call('QueryTranscodeTemplate', { definition });
    assert.deepEqual([high.video.width, high.video.height, high.audio.soundSystem], [0, 480, 2]);
    await call('UpdateTranscodeTemplate', {
      definition,
      'video.height': 0,
      'video.resolutionSelfAdapting': 0,
    });
    const { data: same } = await call('QueryTranscodeTemplate', { definition });
    assert.deepEqual([same.video.height, same.video.resolutionSelfAdapting], [0, 'close']);
  });

  test('leave a stream out, whatever is said of it, and take it back when it is described', async () => {
    await using opened = await open();
    const { call } = createFixture(opened);
    const nonsense = { 'video.codec': 'none', 'video.fps': 0, 'denoise.enable': 7 };
    const { definition } = await call('CreateTranscodeTemplate', { ...hd, ...nonsense, isFiltrateVideo: 1 });
    const shown = async () => (await call('QueryTranscodeTemplate', { definition })).data;
    const sound = await shown();
    assert.deepEqual([sound.isFiltrateVideo, sound.isFiltrateAudio, sound.video], [1, 0, undefined]);
    await call('UpdateTranscodeTemplate', { definition, 'video.bitrate': 900 });
    assert.equal((await shown()).isFiltrateVideo, 1);
    const back = { definition, isFiltrateVideo: 0 };
    await assert.rejects(call('UpdateTranscodeTemplate', back), code(10732));
    await assert.rejects(call('UpdateTranscodeTemplate', { ...back, 'video.codec': 'libx264' }), code(10731));
    const picture = { ...back, 'video.codec': 'libx264', 'video.fps': 25, isFiltrateAudio: 1 };
    await call('UpdateTranscodeTemplate', picture);
    const silent = await shown();
    assert.deepEqual([silent.isFiltrateAudio, silent.audio, silent.video.fps], [1, undefined, 25]);
  });

  test('of H.264 become H.265 without the profile that it has not', async () => {
    await using opened = await open();
    const { call } = createFixture(opened);
    const { definition } = await call('CreateTranscodeTemplate', { ...hd, 'video.videoProfile': 'high' });
    await call('UpdateTranscodeTemplate', { definition, ...small });
    const { data } = await call('QueryTranscodeTemplate', { definition });
    assert.deepEqual([data.video.codec, data.video.videoProfile], ['libx265', undefined]);
  });

  test('that are changed at once in several fields have all changes', async () => {
    await using opened = await open();
    const { call } = createFixture(opened);
    const { definition } = await call('CreateTranscodeTemplate', hd);
    const changes = { 'video.minGop': 2, 'video.maxGop': 8, 'video.width': 1000, 'video.height': 480 };
    await Promise.all(
      Object.entries(changes).map(([name, value]) =>
        call('UpdateTranscodeTemplate', { definition, [name]: value }),
      ),
    );
    const { video } = (await call('QueryTranscodeTemplate', { definition })).data;
    assert.deepEqual([video.minGop, video.maxGop, video.width, video.height], [2, 8, 1000, 480]);
  });
});
