/** What answers and events say of files is what the files are; and why one could not be used, in words. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { type RunningService, startService } from './harness.ts';
import { clip, clipOf, uniqueClip } from './testing/clips.ts';
import { type EventData, Inbox } from './testing/events.ts';
import { fetched } from './testing/fetched.ts';
import { finished } from './testing/tasks.ts';
import { md5, PART_SIZE, upload } from './testing/upload.ts';

const run = promisify(execFile);
const inbox = new Inbox();
let service: RunningService;

before(async () => {
  service = await startService({ settings: { OPENVOD_TRANSCODE_DEFAULTS: '10' } });
});
after(() => service[Symbol.asyncDispose]());

async function uploadedFile(file: string): Promise<string> {
  return (await upload(service.call, Buffer.from(await readFile(file)))).fileId;
}

/** What GetVideoInfo lists of a definition once it has been made. */
async function made(fileId: string, definition: number): Promise<EventData> {
  const params = { fileId, 'transcode.definition.0': definition };
  const { vodTaskId } = await service.call('ProcessFile', params);
  const { data } = await finished(service.call, vodTaskId);
  assert.equal(data.errCode, 0, data.message);
  const { transcodeInfo } = await service.call('GetVideoInfo', { fileId });
  return transcodeInfo.transcodeList.find((one: EventData) => one.definition === definition);
}

test('the bitrate of an FLV is the average of what is in it, not what was wanted', async () => {
  // Next to nothing to encode: 256 kbit/s are wanted of it.
  const still =
    '-f lavfi -i color=c=teal:size=320x180:rate=24:duration=4 -f lavfi -i sine=duration=4 -c:v libx264 -c:a aac';
  const fileId = await uploadedFile(await clipOf('still.mp4', still));
  const flv = await made(fileId, 10_046);
  assert.equal(flv.container, 'flv');
  const [{ bitrate: video }, { bitrate: audio }] = [flv.videoStreamList[0], flv.audioStreamList[0]];
  assert.equal(flv.bitrate, video + audio);
  assert.ok(video > 0 && video < 50_000, `${video} bit/s`);
  const { bytes } = await fetched(flv.url);
  assert.equal(flv.size, bytes.length);
  const ofFile = (bytes.length * 8) / flv.duration;
  assert.ok(flv.bitrate <= ofFile && flv.bitrate > 0.8 * ofFile, `${flv.bitrate} of ${ofFile} bit/s`);
  const { playSet } = await service.call('DescribeVodPlayUrls', { fileId });
  assert.equal(playSet.find((one: EventData) => one.definition === 10_046).vbitrate, video);
});

test('the MD5 of a file that came in several parts is known once it has been worked on', async () => {
  const bytes = await uniqueClip(2.5 * PART_SIZE);
  const { fileId } = await upload(service.call, bytes);
  const told = async () => (await service.call('GetVideoInfo', { fileId })).metaData.md5;
  assert.equal(await told(), '');
  await made(fileId, 9);
  assert.equal(await told(), md5(bytes));
  const event = await inbox.waitFor(service.call, fileId, 'ProcedureStateChanged');
  assert.equal(event.metaData.md5, md5(bytes));
});

test('a turned recording that is repackaged, 9 and 6, is shown turned', async () => {
  const lying = await clip({ size: '320x180', seconds: 2 });
  const turned = await clipOf('turned.mp4', `-i ${lying} -c copy -metadata:s:v rotate=90`);
  const fileId = await uploadedFile(turned);
  const { metaData } = await service.call('GetVideoInfo', { fileId });
  const shown = await rotationOfFirstFrame(turned);
  assert.equal(Math.abs(shown), 90);
  assert.ok([90, 270].includes(metaData.rotate), `${metaData.rotate}`);
  for (const definition of [9, 6]) {
    const output = await made(fileId, definition);
    assert.deepEqual([output.width, output.height], [180, 320], `${definition}`);
    assert.equal(await rotationOfFirstFrame(output.url), shown, `${definition}`);
  }
});

/** Degrees counter-clockwise by which a player turns what it decodes. */
async function rotationOfFirstFrame(address: string): Promise<number> {
  const show = '-v error -select_streams v -show_frames -show_streams -read_intervals %+#1 -of json';
  const { stdout } = await run('ffprobe', [...show.split(' '), address]);
  return Number(/"rotation": (-?\d+)/.exec(stdout)?.[1] ?? 0);
}

async function cutShort(): Promise<Buffer<ArrayBuffer>> {
  const file = await clipOf('front.mp4', `-i ${await clip({ seconds: 4 })} -c copy -movflags +faststart`);
  const bytes = await readFile(file);
  return Buffer.from(bytes.subarray(0, bytes.length / 3));
}

const faults: [what: string, file: () => Promise<Buffer<ArrayBuffer>>, status: number, words: RegExp][] = [
  [
    'has only sound',
    async () =>
      Buffer.from(await readFile(await clipOf('sound.m4a', '-f lavfi -i sine=duration=1 -c:a aac'))),
    -47402,
    /^(definition 10: )?the file has no video$/,
  ],
  [
    'is no media file',
    async () => Buffer.from('no media at all\n'.repeat(100)),
    -43001,
    /^the file is damaged, or it is no media file$/,
  ],
  ['was cut short', cutShort, -45001, /^the file ends too early: only \d\.\d of 4\.0 s could be decoded$/],
];

describe('a task that fails says what is wrong with the file', () => {
  for (const [what, file, status, words] of faults) {
    test(`one that ${what}: ${status}`, async () => {
      const { fileId } = await upload(service.call, await file());
      const convert = await service.call('ConvertVodFile', { fileId });
      const { data } = await finished(service.call, convert.vodTaskId);
      assert.deepEqual([data.status, data.errCode], [status, status], data.message);
      assert.match(data.message, words);
      const event = await inbox.waitFor(service.call, fileId, 'TranscodeComplete');
      assert.deepEqual([event.status, event.message], [status, data.message]);

      const flow = await service.call('ProcessFile', { fileId, 'transcode.definition.0': 10 });
      await finished(service.call, flow.vodTaskId);
      const { errCode, processTaskList } = await inbox.waitFor(service.call, fileId, 'ProcedureStateChanged');
      const [sub] = processTaskList;
      assert.deepEqual([errCode, sub.status, sub.errCode], [30009, 'FAIL', 30009]);
      assert.match(sub.message, words);
    });
  }
});
