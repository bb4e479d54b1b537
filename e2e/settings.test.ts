import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openReceiver } from '../packages/server/events/testing/receiver.ts';
import { type RunningService, startService } from './harness.ts';
import { uniqueClip } from './testing/clips.ts';
import { Inbox } from './testing/events.ts';
import { createOperator } from './testing/operator.ts';
import { finished } from './testing/tasks.ts';
import { upload } from './testing/upload.ts';

let service: RunningService;
before(async () => {
  service = await startService({ settings: { OPENVOD_TRANSCODE_DEFAULTS: '10' } });
});
after(() => service[Symbol.asyncDispose]());

/** `openvod settings …` beside the running service; rejects with its words when it fails. */
async function settings(...args: string[]): Promise<string> {
  return (await createOperator(service.dataDir)('settings', ...args)).stdout;
}

test('default definitions that are set while the service runs are made from then on', async () => {
  const { fileId } = await upload(service.call, await uniqueClip());
  const made = async () => {
    const { vodTaskId } = await service.call('ConvertVodFile', { fileId });
    const { data } = await finished(service.call, vodTaskId);
    return data.playSet.map(({ definition }: { definition: number }) => definition);
  };
  assert.deepEqual(await made(), [0, 10]);
  assert.equal(await settings('set', 'transcode.defaults=210'), 'transcode.defaults=210\n');
  // Seen within seconds; what was made before stays.
  let last = await made();
  while (!last.includes(210)) last = await made();
  assert.deepEqual(last, [0, 10, 210]);
});

test('events that wait are posted once callbacks are set, and wait again once they are not', async () => {
  await using receiver = await openReceiver((response) => response.end());
  const inbox = new Inbox();
  const { fileId } = await upload(service.call, await uniqueClip());
  await settings('set', 'events.mode=callback', `events.callbackUrl=${receiver.url}`);
  const isPosted = () => receiver.received.some(({ body }) => body.data.fileId === fileId);
  for (let count = 1; !isPosted(); count++) await receiver.hasGot(count);
  const { body } = receiver.received.find((one) => one.body.data.fileId === fileId)!;
  assert.deepEqual([body.version, body.eventType, body.data.status], ['4.0', 'NewFileUpload', 0]);

  assert.match(await settings('unset', 'events.mode'), /^events\.mode=pull {2}\(default\)$/m);
  let next = '';
  do {
    ({ fileId: next } = await upload(service.call, await uniqueClip()));
    await inbox.pull(service.call);
  } while (inbox.events.length === 0);
  const event = await inbox.waitFor(service.call, next, 'NewFileUpload');
  assert.equal(event.status, 0);
});

test('what cannot be set is refused with a word on what can', async () => {
  for (const [args, message] of [
    [['set', 'hotlink.ky=1'], /no setting hotlink\.ky; there are events\.mode/],
    [['set', 'hotlink.key=1'], /hotlink\.key must be 8 to 20 letters and digits, or off/],
    [['set', 'play.key=testtest', '--domain', 'a.example.com'], /play\.key: not for one domain alone/],
    [['set', 'hotlink.key=testtest', '--domain', 'http://a/'], /is no domain/],
    [['set', 'transcode.defaults=999'], /names definition 999/],
    [['get', 'events.mode', '--app', '7'], /no application 7/],
  ] as const) {
    await assert.rejects(settings(...args), (error) => {
      const { code, stderr } = error as { code: number; stderr: string };
      return code === 2 && message.test(stderr);
    });
  }
  const lines = (await settings('--json')).trim().split('\n');
  assert.ok(lines.some((line) => JSON.parse(line).name === 'events.callbackUrl'));
});
