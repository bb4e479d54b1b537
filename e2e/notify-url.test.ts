import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openReceiver } from '../packages/server/events/testing/receiver.ts';
import { startService } from './harness.ts';
import { uniqueClip } from './testing/clips.ts';
import { Inbox } from './testing/events.ts';
import { upload } from './testing/upload.ts';

test('ConvertVodFile calls notifyUrl when its task has ended, with what the event says', async () => {
  await using receiver = await openReceiver((response) => response.end());
  await using service = await startService({
    settings: { OPENVOD_TRANSCODE_DEFAULTS: '10', OPENVOD_PULL_ALLOW_PRIVATE: 'true' },
  });
  const { fileId } = await upload(service.call, await uniqueClip());
  const notifyUrl = `${receiver.url}done?order=7&x=a b`;
  const { code, vodTaskId } = await service.call('ConvertVodFile', { fileId, notifyUrl });
  assert.equal(code, 0);
  await receiver.hasGot(1);
  const { body } = receiver.received[0]!;
  assert.deepEqual(
    [body.eventType, body.data.vodTaskId, body.data.status],
    ['TranscodeComplete', vodTaskId, 0],
  );
  const event = await new Inbox().waitFor(service.call, fileId, 'TranscodeComplete');
  assert.deepEqual(event, body.data);
  assert.equal(receiver.received.length, 1);
});

test('an address that is not public or no http is refused before anything begins', async () => {
  await using service = await startService();
  const { fileId } = await upload(service.call, await uniqueClip());
  for (const [notifyUrl, message] of [
    ['http://127.0.0.1:8620/', /notifyUrl.*public address/],
    ['http://localhost/', /notifyUrl.*public address/],
    ['http://[::1]/', /notifyUrl.*public address/],
    ['http://169.254.169.254/latest/meta-data/', /notifyUrl.*public address/],
    ['gopher://example.com/', /notifyUrl.*http/],
    ['example.com', /notifyUrl.*address/],
  ] as const) {
    const answer = await service.call('ConvertVodFile', { fileId, notifyUrl });
    assert.equal(answer.code, 1000, notifyUrl);
    assert.match(answer.message, message);
  }
  const { data } = await service.call('GetTaskList', { fileId });
  assert.ok(data.every(({ taskList }: { taskList: unknown[] }) => taskList.length === 0));
  // Clients that send every parameter send it empty.
  assert.equal((await service.call('ConvertVodFile', { fileId, notifyUrl: '' })).code, 0);
});
