import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MediaError, reasonIn } from './errors.ts';

test('an error says where and why, and in plain words what is wrong', () => {
  const error = new MediaError({ stage: 'probe', reason: 'damaged' });
  assert.deepEqual(
    [error.stage, error.reason, error.message],
    ['probe', 'damaged', 'the file is damaged, or it is no media file'],
  );
  assert.deepEqual([error.transient, error.log], [false, '']);
  assert.equal(new MediaError({ stage: 'source', reason: 'no-video' }).message, 'the file has no video');
});

const logs: [string, ReturnType<typeof reasonIn>][] = [
  ['[mov @ 0x1] moov atom not found\nfile:/a.mp4: Invalid data found when processing input\n', 'damaged'],
  ['stream 0, offset 0x299f2: partial file', 'damaged'],
  ["Format not on whitelist 'mov'\nInvalid argument", 'damaged'],
  ['file:/a.mkv: End of file\n', 'end-of-file'],
  ['Unrecognized option', 'decode-failed'],
  ['', 'decode-failed'],
];
for (const [log, reason] of logs) {
  test(`ffmpeg's words ${JSON.stringify(log.slice(0, 40))} mean ${reason}`, () =>
    assert.equal(reasonIn(log), reason));
}

test('what this machine lacked is worth another try', () => {
  const error = new MediaError({ stage: 'transcode', reason: 'interrupted' }, undefined, { outage: 'space' });
  assert.deepEqual([error.outage, error.transient], ['space', true]);
  assert.equal(new MediaError({ stage: 'probe', reason: 'damaged' }).outage, null);
  // Nobody has said that the file is at fault.
  const passing = new MediaError({ stage: 'probe', reason: 'interrupted' }, undefined, { transient: true });
  assert.equal(passing.outage, 'processes');
});
