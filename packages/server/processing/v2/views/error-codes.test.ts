import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MediaError, type MediaFault } from '../../../media/index.ts';
import { mediaFailure } from '../../failure.ts';
import { flowErrorCode, jobErrorCode } from './error-codes.ts';

test('what went wrong with a file has the code of the documents; task flows tell a faulty source from the rest', () => {
  const cases: [fault: MediaFault, code: number, flowCode: number][] = [
    [{ stage: 'probe', reason: 'damaged' }, -43001, 30009],
    [{ stage: 'probe', reason: 'size-unknown' }, -43095, 30009],
    [{ stage: 'probe', reason: 'channels-unknown' }, -43093, 30009],
    [{ stage: 'snapshot', reason: 'seek-beyond-end' }, -44099, 30009],
    [{ stage: 'transcode', reason: 'decode-failed' }, -45029, 30009],
    [{ stage: 'transcode', reason: 'end-of-file' }, -45098, 30009],
    [{ stage: 'transcode', reason: 'interrupted' }, -45029, 30010],
    [{ stage: 'check-output', reason: 'damaged' }, -49101, 30010],
    [{ stage: 'source', reason: 'codec-not-in-container' }, -47102, 30009],
    [{ stage: 'source', reason: 'duration-out-of-range' }, -47104, 30009],
    [{ stage: 'source', reason: 'duration-zero' }, -47200, 30009],
    [{ stage: 'source', reason: 'no-streams' }, -47400, 30009],
    [{ stage: 'source', reason: 'no-audio' }, -47401, 30009],
    [{ stage: 'source', reason: 'no-video' }, -47402, 30009],
    [{ stage: 'source', reason: 'picture-too-large' }, -47403, 30009],
  ];
  for (const [fault, code, flowCode] of cases) {
    const failure = mediaFailure(new MediaError(fault));
    assert.deepEqual([jobErrorCode(failure), flowErrorCode(failure)], [code, flowCode], failure.kind);
  }
});

test('all other failures are those of the system, negative where clients test for that', () => {
  for (const kind of ['system', 'cancelled', 'higher-bitrate']) {
    const failure = { kind, message: '' };
    assert.deepEqual([jobErrorCode(failure), flowErrorCode(failure)], [-30010, 30010]);
  }
  assert.deepEqual([jobErrorCode(null), flowErrorCode(null)], [0, 0]);
});
