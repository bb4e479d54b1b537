import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MediaFault } from '../../media/index.ts';
import { flowErrorCode, processingErrorCode } from './error-codes.ts';

test('task flows tell a faulty source from a failure of the system', () => {
  const cases: [code: number, expected: number][] = [
    [0, 0],
    [-43001, 30009],
    [-45001, 30009],
    [-45029, 30009],
    [-47102, 30009],
    [-47402, 30009],
    [-45101, 30010],
    [-49101, 30010],
    [30010, 30010],
    [-1, 30010],
  ];
  for (const [code, expected] of cases) assert.equal(flowErrorCode(code), expected, String(code));
});

test('what went wrong with a file has the code of the documents', () => {
  const cases: [fault: MediaFault, code: number][] = [
    [{ stage: 'probe', reason: 'damaged' }, -43001],
    [{ stage: 'probe', reason: 'size-unknown' }, -43095],
    [{ stage: 'probe', reason: 'channels-unknown' }, -43093],
    [{ stage: 'snapshot', reason: 'seek-beyond-end' }, -44099],
    [{ stage: 'transcode', reason: 'decode-failed' }, -45029],
    [{ stage: 'transcode', reason: 'end-of-file' }, -45098],
    [{ stage: 'check-output', reason: 'damaged' }, -49101],
    [{ stage: 'source', reason: 'codec-not-in-container' }, -47102],
    [{ stage: 'source', reason: 'duration-out-of-range' }, -47104],
    [{ stage: 'source', reason: 'duration-zero' }, -47200],
    [{ stage: 'source', reason: 'no-streams' }, -47400],
    [{ stage: 'source', reason: 'no-audio' }, -47401],
    [{ stage: 'source', reason: 'no-video' }, -47402],
    [{ stage: 'source', reason: 'picture-too-large' }, -47403],
  ];
  for (const [fault, code] of cases) assert.equal(processingErrorCode(fault), code, JSON.stringify(fault));
});
