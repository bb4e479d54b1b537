import assert from 'node:assert/strict';
import { test } from 'node:test';
import { impossibilityOf } from './impossible.ts';
import type { OutputSpec } from './output-spec.ts';
import { CONTAINERS, packagingOf } from './packaging/index.ts';
import { presetAudio, presetVideo } from './testing/clips.ts';

type Wish = Omit<OutputSpec, 'id'>;
const film: Wish = { container: 'mp4', video: presetVideo(), audio: presetAudio };
const withVideo = (changes: Parameters<typeof presetVideo>[0]): Wish => ({
  ...film,
  video: presetVideo(changes),
});
const hevc = { codec: 'hevc', profile: null } as const;

test('what a container holds is possible in it, and nothing else', () => {
  const pictures = ['h264', 'hevc'] as const;
  const sounds = ['aac', 'mp3'] as const;
  for (const container of CONTAINERS) {
    const held = Object.keys(packagingOf(container).codecs);
    for (const codec of pictures) {
      const video = presetVideo({ codec, profile: null });
      const found = impossibilityOf({ container, video, audio: null });
      assert.equal(
        found?.field,
        held.includes(codec) ? undefined : 'video.codec',
        `${codec} in ${container}`,
      );
    }
    for (const codec of sounds) {
      const found = impossibilityOf({ container, video: null, audio: { ...presetAudio, codec } });
      assert.equal(
        found?.field,
        held.includes(codec) ? undefined : 'audio.codec',
        `${codec} in ${container}`,
      );
    }
    assert.equal(impossibilityOf({ container, copy: true, video: null, audio: null }), null);
    assert.equal(impossibilityOf({ container, video: null, audio: null })?.field, '');
  }
});

const cases: [string, Wish, field: string | null][] = [
  ['a preset', film, null],
  ['H.265 in FLV', { ...withVideo(hevc), container: 'flv' }, 'video.codec'],
  ['a high profile of H.265', withVideo({ ...hevc, profile: 'high' }), 'video.profile'],
  ['a baseline of H.265', withVideo({ ...hevc, profile: 'baseline' }), 'video.profile'],
  ['the main profile of H.265', withVideo({ ...hevc, profile: 'main' }), null],
  ['10 bit H.265', withVideo({ ...hevc, bitDepth: 10 }), null],
  ['10 bit H.264', withVideo({ bitDepth: 10 }), 'video.bitDepth'],
  ['8 bit H.264', withVideo({ bitDepth: 8 }), null],
  ['a shorter edge above the longer', withVideo({ width: 320, height: 640 }), 'video.height'],
  ['the same literally', withVideo({ width: 320, height: 640, selfAdapting: false }), null],
  ['no edge at all', withVideo({ width: null, height: null }), 'video.height'],
  ['the source’s height to another width', withVideo({ height: 'source' }), 'video.height'],
  ['one edge', withVideo({ width: null, height: 360 }), null],
  ['key frames closer than they may be', withVideo({ gop: { minMs: 5000, maxMs: 2000 } }), 'video.gop'],
  ['key frames at one distance', withVideo({ gop: { minMs: 2000, maxMs: 2000 } }), null],
  [
    'MP3 of 26 kbit/s',
    { ...film, audio: { ...presetAudio, codec: 'mp3', bitrate: 26_000 } },
    'audio.bitrate',
  ],
  ['AAC of 26 kbit/s', { ...film, audio: { ...presetAudio, bitrate: 26_000 } }, null],
  ['MP3 of 32 kbit/s', { ...film, audio: { ...presetAudio, codec: 'mp3', bitrate: 32_000 } }, null],
];
for (const [name, wish, field] of cases) {
  test(`${name}: ${field === null ? 'possible' : `impossible by its ${field}`}`, () => {
    const found = impossibilityOf(wish);
    assert.equal(found?.field ?? null, field);
    if (found) assert.ok(found.reason.length > 0);
  });
}
