import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorCode, reasonIn, speaksOfCircumstances } from './errors.ts';

test('codes are made of stage and reason, as processing-error-codes.yaml lists them', () => {
  assert.equal(errorCode('probe', 'damaged'), -43001);
  assert.equal(errorCode('snapshot', 'seek-beyond-end'), -44099);
  assert.equal(errorCode('transcode', 'decode-failed'), -45029);
  assert.equal(errorCode('check-output', 'damaged'), -49101);
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

test('a full disk is not the fault of the file', () => {
  assert.equal(speaksOfCircumstances('av_interleaved_write_frame(): No space left on device'), true);
  assert.equal(speaksOfCircumstances('Invalid data found when processing input'), false);
});
