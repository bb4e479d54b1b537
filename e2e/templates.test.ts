/** Templates of one's own from the call that makes them to the file that plays, on a service that is used from outside only. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { type RunningService, startService } from './harness.ts';
import type { Params } from './testing/caller.ts';
import { clip, clipOf, framesOf } from './testing/clips.ts';
import { finished } from './testing/tasks.ts';
import { upload } from './testing/upload.ts';

let service: RunningService;
const stop = () => service[Symbol.asyncDispose]();

const sound = { 'audio.codec': 'libfdk_aac', 'audio.bitrate': 64, 'audio.sampleRate': 44_100 };
const picture = { 'video.codec': 'libx264', 'video.fps': 25 };
const own = (params: Params): Params => ({ container: 'mp4', ...picture, ...sound, ...params });

/** What is asked for, and the file in ffprobe's words: codec, profile, size, frame rate; codec, rate, channels. */
const WISHES: Record<string, [params: Params, probed: string[]]> = {
  'H.265 of 10 bit': [
    own({
      'video.codec': 'libx265',
      'video.colorSpace': 'yuv420p10le',
      'video.width': 320,
      'video.height': 240,
    }),
    ['hevc,Main 10,320,180,yuv420p10le,25/1', 'aac,44100,2'],
  ],
  'FLV with MP3': [
    own({
      container: 'flv',
      'audio.codec': 'libmp3lame',
      'video.width': 320,
      'video.videoProfile': 'baseline',
    }),
    ['h264,Constrained Baseline,320,180,yuv420p,25/1', 'mp3,44100,2'],
  ],
  'HLS of sound only': [
    own({ container: 'hls', isFiltrateVideo: 1, 'audio.soundSystem': 1, 'audio.sampleRate': 48_000 }),
    ['aac,48000,1'],
  ],
  'a silent picture of 29.97 frames a second': [
    own({ isFiltrateAudio: 1, 'video.fps': 29.97, 'video.height': 240 }),
    ['h264,High,426,240,yuv420p,30000/1001'],
  ],
  'a literal size, in two passes': [
    own({
      'video.resolutionSelfAdapting': 'close',
      'video.width': 256,
      'video.height': 144,
      'video.videoRateControl': 1,
      'video.bitrate': 200,
    }),
    ['h264,High,256,144,yuv420p,25/1', 'aac,44100,2'],
  ],
  'at most so much, which the source is: it is copied': [
    own({ 'video.fps': -60, 'video.width': -1920, 'audio.sampleRate': -48_000, 'video.bitrate': -10_000 }),
    ['h264,Constrained Baseline,640,360,yuv420p,25/1', 'aac,44100,2'],
  ],
  'a key frame every second': [
    own({ 'video.maxGop': 1, 'video.width': 320 }),
    ['h264,High,320,180,yuv420p,25/1', 'aac,44100,2'],
  ],
};

describe('what a template says is in the file', () => {
  const urls = new Map<string, string>();

  before(async () => {
    service = await startService();
    const { fileId } = await upload(
      service.call,
      await readFile(await clip({ size: '640x360', seconds: 3 })),
    );
    const names = new Map<number, string>();
    for (const [name, [params]] of Object.entries(WISHES)) {
      const { definition, code, message } = await service.call('CreateTranscodeTemplate', {
        ...params,
        name,
      });
      assert.equal(code, 0, message);
      names.set(definition, name);
    }
    const asked = [...names.keys()].map((id, i): [string, number] => [`transcode.definition.${i}`, id]);
    const { vodTaskId } = await service.call('ProcessFile', { fileId, ...Object.fromEntries(asked) });
    await finished(service.call, vodTaskId);
    const { data } = await service.call('GetTaskInfo', { vodTaskId });
    for (const { status, input, output, message } of data.processTaskList) {
      assert.equal(status, 'SUCCESS', message);
      urls.set(names.get(input.definition)!, output.url);
    }
  });
  after(stop);

  for (const [name, [, expected]] of Object.entries(WISHES)) {
    test(name, async () => {
      assert.deepEqual(await streamsOf(urls.get(name)!), expected);
    });
  }

  test('key frames lie where they should', async () => {
    const frames = await framesOf(urls.get('a key frame every second')!);
    const at = frames.flatMap(({ isKeyFrame }, i) => (isKeyFrame ? [i] : []));
    assert.deepEqual([at, frames.length], [[0, 25, 50], 75]);
  });
});

describe('a template that is changed and deleted while a task waits', () => {
  before(async () => {
    service = await startService({ settings: { OPENVOD_TRANSCODE_CONCURRENCY: '1' } });
  });
  after(stop);

  test('the task makes what it was asked for, also when it is redone; who asks then gets what holds then', async () => {
    const film = await readFile(await clipOf('long.mp4', LONG));
    const { fileId } = await upload(service.call, film);
    const busy = await service.call('ProcessFile', { fileId, 'transcode.definition.0': 40 });
    const { definition } = await service.call('CreateTranscodeTemplate', own({ 'video.width': 320 }));
    const task = await service.call('ProcessFile', { fileId, 'transcode.definition.0': definition });
    const change = { definition, 'video.width': 160 };
    assert.equal((await service.call('UpdateTranscodeTemplate', change)).code, 0);
    assert.equal((await service.call('GetTaskInfo', { vodTaskId: task.vodTaskId })).status, 'WAITING');
    const later = await service.call('ProcessFile', { fileId, 'transcode.definition.0': definition });
    assert.equal((await service.call('DeleteTranscodeTemplate', { definition })).code, 0);
    const gone = await service.call('ProcessFile', { fileId, 'transcode.definition.0': definition });
    assert.equal(gone.code, 1000, gone.message);

    const widths: number[] = [];
    for (const { vodTaskId } of [busy, task, later]) {
      await finished(service.call, vodTaskId);
      const { data } = await service.call('GetTaskInfo', { vodTaskId });
      widths.push(data.processTaskList[0].output.width);
    }
    assert.deepEqual(widths, [1280, 320, 160]);
    await service.call('RedoTask', { vodTaskId: task.vodTaskId });
    await finished(service.call, task.vodTaskId);
    const { data } = await service.call('GetTaskInfo', { vodTaskId: task.vodTaskId });
    assert.equal(data.processTaskList[0].output.width, 320);
  });
});

/** Long enough to keep the one worker busy while a template is changed. */
const LONG =
  '-f lavfi -i testsrc2=size=1280x720:rate=24:duration=6 -f lavfi -i sine=duration=6 -c:v libx264 -preset ultrafast -qp 30 -pix_fmt yuv420p -c:a aac';

/** Each stream in one line: codec, profile, size, samples, frame rate; or codec, sampling rate, channels. */
async function streamsOf(url: string): Promise<string[]> {
  const args = ['-v', 'error', '-show_streams', '-of', 'json', url];
  const { stdout } = await promisify(execFile)('ffprobe', args);
  return (JSON.parse(stdout).streams as Record<string, string | number>[]).map((stream) =>
    stream.codec_type === 'audio'
      ? `${stream.codec_name},${stream.sample_rate},${stream.channels}`
      : `${stream.codec_name},${stream.profile},${stream.width},${stream.height},${stream.pix_fmt},${stream.r_frame_rate}`,
  );
}
