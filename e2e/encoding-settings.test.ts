/** OPENVOD_COPY_WHEN_FITS, OPENVOD_UPSCALE and OPENVOD_ENCODE_PRESET, by the files that come out. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { type RunningService, type Settings, startService } from './harness.ts';
import { clipOf, decode, framesOf, streamHashes, x264Settings } from './testing/clips.ts';
import { fetched, namedIn } from './testing/fetched.ts';
import { finished } from './testing/tasks.ts';
import { sha1, upload } from './testing/upload.ts';

const picture = ({ size = '320x180', fps = 24, seconds = 2 } = {}) =>
  `-f lavfi -i testsrc2=size=${size}:rate=${fps}:duration=${seconds} -f lavfi -i sine=frequency=440:duration=${seconds}`;
const h264 = '-c:v libx264 -preset ultrafast -pix_fmt yuv420p';
const video = `${h264} -profile:v baseline -b:v 180k -maxrate 200k -bufsize 180k`;
const audio = '-c:a aac -b:a 40k -ac 2 -ar 44100';

type Way = 'copied' | 'encoded';

interface Source {
  args: string;
  strict: { video: Way; audio: Way };
  /** Where it differs. */
  loose?: { video: Way; audio: Way };
}

const copied = { video: 'copied', audio: 'copied' } as const;
const newVideo = { video: 'encoded', audio: 'copied' } as const;
const newAudio = { video: 'copied', audio: 'encoded' } as const;

/** Definition 10: the longer edge 320 px, 24 frames a second, Baseline, 256 kbit/s, 250 frames from key frame to key frame; AAC in stereo, 44.1 kHz, 48 kbit/s. */
const SOURCES: Record<string, Source> = {
  'is all that the definition says': { args: `${picture()} ${video} ${audio}`, strict: copied },
  'is larger': { args: `${picture({ size: '480x270' })} ${video} ${audio}`, strict: newVideo },
  'has more frames a second': { args: `${picture({ fps: 25 })} ${video} ${audio}`, strict: newVideo },
  'has fewer frames a second': {
    args: `${picture({ fps: 20 })} ${video} ${audio}`,
    strict: newVideo,
    loose: copied,
  },
  'has a higher profile': {
    args: `${picture()} ${video.replace('ultrafast', 'veryfast').replace('baseline', 'main')} ${audio}`,
    strict: newVideo,
  },
  'has a higher bitrate': {
    args: `${picture()} ${h264} -profile:v baseline -qp 12 ${audio}`,
    strict: newVideo,
  },
  'has key frames too far apart': {
    args: `${picture({ seconds: 12 })} ${video} -g 1000 -sc_threshold 0 ${audio}`,
    strict: newVideo,
    loose: copied,
  },
  'sounds in mono': {
    args: `${picture()} ${video} ${audio.replace('-ac 2', '-ac 1')}`,
    strict: newAudio,
    loose: copied,
  },
  'has a higher sampling rate': {
    args: `${picture()} ${video} ${audio.replace('44100', '48000')}`,
    strict: newAudio,
  },
  'has sound of a higher bitrate': {
    args: `-f lavfi -i testsrc2=size=320x180:rate=24:duration=2 -f lavfi -i anoisesrc=d=2 ${video} ${audio.replace('40k', '128k')}`,
    strict: newAudio,
  },
};

let service: RunningService;

const running = (settings: Settings) => {
  before(async () => {
    service = await startService({ settings });
  });
  after(() => service[Symbol.asyncDispose]());
};

interface Uploaded {
  file: string;
  fileId: string;
}

async function uploaded(name: string, args: string): Promise<Uploaded> {
  const file = await clipOf(`${name.replaceAll(' ', '-')}.mp4`, args);
  const { fileId } = await upload(service.call, Buffer.from(await readFile(file)));
  return { file, fileId };
}

/** Makes definitions of a video; resolves to the addresses of all that it has, by definition. */
async function made(
  fileId: string,
  definitions: number[],
  hlsMasterPlaylist = 0,
): Promise<Map<number, string>> {
  const list = definitions.map((definition, n) => [`transcode.definition.${n}`, definition]);
  const params = { fileId, ...Object.fromEntries(list), 'transcode.hlsMasterPlaylist': hlsMasterPlaylist };
  const { vodTaskId } = await service.call('ProcessFile', params);
  const { data } = await finished(service.call, vodTaskId);
  assert.equal(data.errCode, 0, data.message);
  const { playSet } = await service.call('DescribeVodPlayUrls', { fileId });
  return new Map(
    playSet.map(({ definition, url }: { definition: number; url: string }) => [definition, url]),
  );
}

/** How definition 10 came out of a source. */
async function ways({ file, fileId }: Uploaded, definition = 10): Promise<{ video: Way; audio: Way }> {
  const url = (await made(fileId, [definition])).get(definition)!;
  const [before, now] = await Promise.all([streamHashes(file), streamHashes(url)]);
  assert.equal(now.length, 2);
  const way = (n: number): Way => (before[n] === now[n] ? 'copied' : 'encoded');
  return { video: way(0), audio: way(1) };
}

/** The transport stream behind the HLS playlist at an address. */
async function transportStream(url: string): Promise<Buffer> {
  const [segment] = namedIn((await fetched(url)).bytes.toString(), url);
  const whole = new URL(segment!);
  whole.search = '';
  const { status, bytes } = await fetched(whole.href);
  assert.equal(status, 200);
  return bytes;
}

/** `subme` is 2 for `veryfast`, 8 for `slow`. */
function x264Works(how: string, expected: RegExp): void {
  test(`x264 works ${how}`, async () => {
    const { fileId } = await uploaded('larger', SOURCES['is larger']!.args);
    assert.match(await x264Settings((await made(fileId, [10])).get(10)!), expected);
  });
}

function oneResult(): void {
  const copiedOne = 'is all that the definition says';
  const encodedOne = 'has key frames too far apart';

  /** Definition 210 alone and below a master playlist: of two videos, since delivery may remember for a second what an address gave. */
  async function both(name: string): Promise<[string, string]> {
    const { args } = SOURCES[name]!;
    const alone = await made((await uploaded(name, args)).fileId, [210, 220]);
    const listed = await made((await uploaded(name, args)).fileId, [210, 220], 1);
    assert.deepEqual([alone.has(10_000), listed.has(10_000)], [false, true]);
    return [alone.get(210)!, listed.get(210)!];
  }

  test('a definition gives one result, with a master playlist and without: the same copy', async () => {
    const [alone, listed] = await both(copiedOne);
    const [one, other] = [await transportStream(alone), await transportStream(listed)];
    assert.equal(sha1(one), sha1(other));
    assert.match(await x264Settings(listed), / subme=0 /, 'those of the source');
  });

  test('a definition gives one result, with a master playlist and without: the same encode', async () => {
    const [alone, listed] = await both(encodedOne);
    // x264 with several threads and a limit of the bitrate makes no two files of the same bytes.
    const [one, other] = [await encodeOf(alone), await encodeOf(listed)];
    assert.equal(one.keyFrames.length, 2);
    assert.match(one.settings, / subme=2 /);
    assert.deepEqual(one, other);
  });
}

/** What two encodes of the same definition have in common. */
async function encodeOf(url: string) {
  const frames = await framesOf(url);
  return {
    settings: await x264Settings(url),
    keyFrames: frames.filter(({ isKeyFrame }) => isKeyFrame).map(({ pts }) => pts),
    times: frames.map(({ pts }) => pts),
    sound: (await streamHashes(url))[1],
  };
}

describe('as it is by default', () => {
  running({});

  for (const [name, { args, strict }] of Object.entries(SOURCES)) {
    test(`of a source that ${name} the picture is ${strict.video}, the sound ${strict.audio}`, async () => {
      assert.deepEqual(await ways(await uploaded(name, args)), strict);
    });
  }

  oneResult();

  test('a smaller source keeps its size', async () => {
    const { fileId } = await uploaded('small', `${picture({ size: '160x120' })} ${video} ${audio}`);
    const { width, height } = await decode((await made(fileId, [10])).get(10)!);
    assert.deepEqual([width, height], [160, 120]);
  });

  x264Works('quickly', / subme=2 /);
});

describe('OPENVOD_COPY_WHEN_FITS=loose', () => {
  running({ OPENVOD_COPY_WHEN_FITS: 'loose' });

  for (const name of [
    'has fewer frames a second',
    'has key frames too far apart',
    'sounds in mono',
    'has more frames a second',
    'has a higher profile',
    'has a higher sampling rate',
  ]) {
    const { args, strict, loose = strict } = SOURCES[name]!;
    test(`of a source that ${name} the picture is ${loose.video}, the sound ${loose.audio}`, async () => {
      assert.deepEqual(await ways(await uploaded(name, args)), loose);
    });
  }

  oneResult();
});

describe('OPENVOD_COPY_WHEN_FITS=never, OPENVOD_UPSCALE=true, OPENVOD_ENCODE_PRESET=slow', () => {
  running({
    ...{ OPENVOD_COPY_WHEN_FITS: 'never', OPENVOD_UPSCALE: 'true', OPENVOD_ENCODE_PRESET: 'slow' },
  });

  test('nothing is copied, save where only the container is to change', async () => {
    const name = 'is all that the definition says';
    const source = await uploaded(name, SOURCES[name]!.args);
    assert.deepEqual(await ways(source), { video: 'encoded', audio: 'encoded' });
    assert.deepEqual(await ways(source, 9), copied);
  });

  test('a smaller source is scaled up, in every container', async () => {
    const { fileId } = await uploaded('small', `${picture({ size: '160x120' })} ${video} ${audio}`);
    const urls = await made(fileId, [10, 210]);
    for (const id of [10, 210]) {
      const { width, height } = await decode(urls.get(id)!);
      assert.deepEqual([width, height], [320, 240], `${id}`);
    }
    const { transcodeInfo } = await service.call('GetVideoInfo', { fileId });
    for (const { definition, width, height } of transcodeInfo.transcodeList) {
      assert.deepEqual([width, height], definition === 0 ? [160, 120] : [320, 240]);
    }
  });

  x264Works('as slowly as it is told', / subme=8 /);
});
