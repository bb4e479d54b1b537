import {
  FLOW_ERRORS,
  PUBLIC_ERRORS,
  PULL_ERRORS,
  processingCode,
  type REASONS,
  SOURCE_ERRORS,
  type STAGES,
} from '@openvod/contract/v2';
import type { UnfitReason, WorkReason, WorkStage } from '../../../media/index.ts';
import type { Failure } from '../../../tasks/index.ts';
import { faultOf } from '../../failure.ts';
import type { PullFault } from '../../pull/errors.ts';

const stages: Record<WorkStage, keyof typeof STAGES> = {
  probe: 'probe',
  snapshot: 'snapshot',
  transcode: 'transcode',
  'check-output': 'check',
};

const reasons: Record<WorkReason, keyof typeof REASONS> = {
  damaged: 'damaged',
  'end-of-file': 'endOfFile',
  'decode-failed': 'decodeFailed',
  'codec-unknown': 'codecUnknown',
  'sample-rate-unknown': 'audioRateUnknown',
  'channels-unknown': 'channelsUnknown',
  'size-unknown': 'sizeUnknown',
  'seek-beyond-end': 'seekOutside',
  interrupted: 'decodeFailed',
};

const unfitReasons: Record<UnfitReason, keyof typeof SOURCE_ERRORS> = {
  'no-streams': 'noStreams',
  'no-video': 'noVideo',
  'no-audio': 'noAudio',
  'duration-zero': 'durationZero',
  'duration-out-of-range': 'durationOutOfRange',
  'picture-too-large': 'geometryInvalid',
  'range-empty': 'durationZero',
  'codec-not-in-container': 'codecUnknown',
  'watermark-on-copy': 'codecUnknown',
  'rotation-not-in-container': 'geometryInvalid',
};

/** The code that job-level events carry for what went wrong, always negative: clients take others for success. */
export function jobErrorCode(failure: Failure | null): number {
  if (failure === null) return 0;
  const fault = faultOf(failure);
  if (fault === null) return -FLOW_ERRORS.systemFailure;
  if (fault.stage === 'source') return SOURCE_ERRORS[unfitReasons[fault.reason]].code;
  return processingCode(stages[fault.stage], reasons[fault.reason]);
}

/**
 * `errCode` of a task flow and its sub-tasks, which know two failures only: the source is faulty (what reading and
 * decoding it says), or anything else.
 */
export function flowErrorCode(failure: Failure | null): number {
  if (failure === null) return 0;
  const fault = faultOf(failure);
  const isOurs = fault === null || fault.stage === 'check-output' || fault.reason === 'interrupted';
  return isOurs ? FLOW_ERRORS.systemFailure : FLOW_ERRORS.sourceFaulty;
}

const pullFaults: Record<PullFault, number> = {
  'pull.source': PULL_ERRORS.notFetched,
  'pull.content': PULL_ERRORS.notFetched,
  'pull.size': PULL_ERRORS.notFetched,
  'pull.time': PULL_ERRORS.notFetched,
};

/** `status` of what makes a new video: a quota that it did not fit into has the code that it has everywhere, anything else that of a job. */
export function makingErrorCode(failure: Failure | null): number {
  return failure?.kind === 'storage.quota' ? PUBLIC_ERRORS.QuotaExceeded : jobErrorCode(failure);
}

/** `status` of PullComplete: a source that could not be fetched has a code of its own, anything else that of what makes a video. */
export function pullErrorCode(failure: Failure | null): number {
  if (failure === null) return 0;
  return Object.hasOwn(pullFaults, failure.kind)
    ? pullFaults[failure.kind as PullFault]
    : makingErrorCode(failure);
}
