/** A task flow that an upload names, as a customer meets it: one upload, one event that names the task, and what it made. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type RunningService, startService } from './harness.ts';
import { uniqueClip } from './testing/clips.ts';
import { Inbox } from './testing/events.ts';
import { announcement, upload } from './testing/upload.ts';

const inbox = new Inbox();
let service: RunningService;

before(async () => {
  service = await startService();
});
after(() => service[Symbol.asyncDispose]());

test('an upload with a procedure has its renditions and its cover without another call', async () => {
  const procedure = 'QCVB_SimpleProcessFile({10,210},0,10)';
  const { fileId } = await upload(service.call, await uniqueClip(), { procedure });
  const created = await inbox.waitFor(service.call, fileId, 'NewFileUpload');
  assert.match(created.procedureTaskId, /-Procedure-[0-9a-f]{32}$/);
  assert.equal(created.transcodeTaskId, undefined);
  const changed = await inbox.waitFor(service.call, fileId, 'ProcedureStateChanged');
  assert.deepEqual(
    [changed.vodTaskId, changed.status, changed.errCode],
    [created.procedureTaskId, 'FINISH', 0],
  );
  for (const { taskType, status, output } of changed.processTaskList) {
    assert.equal(status, 'SUCCESS', taskType);
    const { ok } = await fetch(output.url ?? output.imageUrl);
    assert.ok(ok, `${taskType} can be fetched`);
  }
  const { playSet } = await service.call('DescribeVodPlayUrls', { fileId });
  assert.deepEqual(
    playSet.map(({ definition }: { definition: number }) => definition),
    [0, 10, 210],
  );
});

test('a procedure or a watermark that cannot be is refused before a byte is sent', async () => {
  const begin = async (more: object) =>
    service.call.upload('InitUpload', announcement(await uniqueClip(), { ...more }));
  const unknown = await begin({ procedure: 'QCVB_SimpleProcessFile({999})' });
  assert.deepEqual([unknown.code, /no definition 999/.test(unknown.message)], [-10003, true]);
  const malformed = await begin({ procedure: 'QCVB_SimpleProcessFile(' });
  assert.deepEqual([malformed.code, /procedure: /.test(malformed.message)], [-10003, true]);
  const unmarked = await begin({ isTranscode: 1, isWatermark: 1 });
  assert.deepEqual([unmarked.code, /watermark\.default/.test(unmarked.message)], [-10003, true]);
});
