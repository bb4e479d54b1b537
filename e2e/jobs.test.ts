/** What a caller sees of the jobs of a task while they are worked on, and when their video is deleted under them. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type RunningService, startService } from './harness.ts';
import { clipOf } from './testing/clips.ts';
import { type EventData, Inbox } from './testing/events.ts';
import { finished } from './testing/tasks.ts';
import { upload } from './testing/upload.ts';

const inbox = new Inbox();
let service: RunningService;
let film: Buffer<ArrayBuffer>;

before(async () => {
  service = await startService({ settings: { OPENVOD_TRANSCODE_DEFAULTS: '10' } });
  const args =
    '-f lavfi -i testsrc2=size=1280x720:rate=24:duration=20 -f lavfi -i sine=duration=20 -c:v libx264 -preset ultrafast -qp 30 -pix_fmt yuv420p -c:a aac';
  film = Buffer.from(await readFile(await clipOf('film.mp4', args)));
});
after(() => service[Symbol.asyncDispose]());

const infoOf = (vodTaskId: string) => service.call('GetTaskInfo', { vodTaskId });

/** Resolves once the task is in work. */
async function begun(vodTaskId: string): Promise<void> {
  for (;;) {
    const { status } = await infoOf(vodTaskId);
    assert.notEqual(status, 'FINISHED', 'the film is too short for this machine');
    if (status === 'PROCESSING') return;
    await sleep(10);
  }
}

test('with notifyMode=Change a finished copy is told of while the encode goes on, each with its own progress', async () => {
  const { fileId } = await upload(service.call, film);
  const { vodTaskId } = await service.call('ProcessFile', {
    ...{ fileId, 'transcode.definition.0': 30, 'transcode.definition.1': 9, notifyMode: 'Change' },
  });
  let between: EventData | null = null;
  for (;;) {
    const { status, data } = await infoOf(vodTaskId);
    const [encode, copy] = data.processTaskList;
    if (copy.status === 'SUCCESS' && encode.status === 'PROCESSING') between ??= data;
    if (status === 'FINISHED') break;
    await sleep(10);
  }
  assert.ok(between, 'GetTaskInfo shows the copy as done before the encode is');
  const [encode, copy] = between.processTaskList;
  assert.equal(copy.progress, 100);
  assert.ok(encode.progress < 100, `${encode.progress}`);
  assert.match(copy.output.url, /\/f0\.f9\.mp4$/);
  assert.equal(encode.output, undefined);

  const told = () => inbox.about(fileId, 'ProcedureStateChanged');
  while (!told().some(({ status }) => status === 'FINISH')) await inbox.pull(service.call);
  assert.deepEqual(
    told().map(({ status, processTaskList }) => [status, ...processTaskList.map(statusOf)]),
    [
      ['PROCESSING', 'PROCESSING', 'PROCESSING'],
      ['PROCESSING', 'PROCESSING', 'SUCCESS'],
      ['FINISH', 'SUCCESS', 'SUCCESS'],
    ],
  );
  assert.deepEqual((await infoOf(vodTaskId)).data, told().at(-1));
});

function statusOf({ status }: EventData): string {
  return status;
}

test('a deletion ends the tasks of its video in their events, a running one and those that wait', async () => {
  const { fileId } = await upload(service.call, film, { fileName: 'deleted' });
  const flow = { fileId, 'transcode.definition.0': 40 };
  const running: string = (await service.call('ProcessFile', flow)).vodTaskId;
  const waiting: string = (await service.call('ProcessFile', flow)).vodTaskId;
  const convert: string = (await service.call('ConvertVodFile', { fileId })).vodTaskId;
  await begun(running);
  assert.equal((await service.call('DeleteVodFile', { fileId, priority: 0 })).code, 0);
  for (const id of [running, waiting, convert]) await finished(service.call, id);

  const flows = () => inbox.about(fileId, 'ProcedureStateChanged');
  while (flows().length < 2) await inbox.pull(service.call);
  const complete = await inbox.waitFor(service.call, fileId, 'TranscodeComplete');
  assert.deepEqual(
    [complete.vodTaskId, complete.status, complete.fileName, complete.playSet],
    [convert, -30010, 'deleted', undefined],
  );
  assert.match(complete.message, /deleted/);
  assert.deepEqual((await infoOf(convert)).data, { ...complete, errCode: -30010 });

  for (const id of [running, waiting]) {
    const told = flows().find(({ vodTaskId }) => vodTaskId === id)!;
    const [sub] = told.processTaskList;
    assert.deepEqual(
      [told.status, told.errCode, sub.status, sub.errCode, sub.output],
      ['FINISH', 30010, 'FAIL', 30010, undefined],
    );
    const { videoStreamList, size, container } = told.metaData;
    assert.deepEqual(
      [videoStreamList[0].width, videoStreamList[0].height, size, container],
      [1280, 720, film.length, 'mp4'],
    );
    assert.deepEqual((await infoOf(id)).data, told);
  }
  for (const id of [running, waiting, convert]) {
    const { code, message } = await service.call('RedoTask', { vodTaskId: id });
    assert.equal(code, 10026);
    assert.match(message, /its video is gone/);
  }
});

test('a task that has not ended cannot be redone either: the same code, other words', async () => {
  const { fileId } = await upload(service.call, film);
  const { vodTaskId } = await service.call('ProcessFile', { fileId, 'transcode.definition.0': 40 });
  const { code, message } = await service.call('RedoTask', { vodTaskId });
  assert.equal(code, 10026);
  assert.match(message, /not ended|has not|still/);
  await service.call('DeleteVodFile', { fileId, priority: 0 });
});
