import {
  FLOW_ERRORS,
  PROCESSING_ERRORS,
  processingCode,
  type REASONS,
  SOURCE_ERRORS,
  type STAGES,
} from '@openvod/contract/v2';
import type { MediaFault, UnfitReason, WorkReason, WorkStage } from '../../../media/index.ts';

const SOURCE_KINDS = new Set(['probe', 'snapshot', 'source']);
const RUNNING_TRANSCODE = 450;

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
  'codec-not-in-container': 'codecUnknown',
  'rotation-not-in-container': 'geometryInvalid',
};

/** The code that job-level events carry for what went wrong with a file, for example −45001. */
export function processingErrorCode(fault: MediaFault): number {
  if (fault.stage === 'source') return SOURCE_ERRORS[unfitReasons[fault.reason]].code;
  return processingCode(stages[fault.stage], reasons[fault.reason]);
}

/**
 * `errCode` of a task flow and its sub-tasks, which know two failures only: the source is faulty (what reading and
 * decoding it says), or anything else. Job-level events carry the code itself.
 */
export function flowErrorCode(code: number): number {
  if (code === 0) return 0;
  const known = PROCESSING_ERRORS.find((error) => error.code === code);
  const isSource = known && (SOURCE_KINDS.has(known.kind) || Math.trunc(-code / 100) === RUNNING_TRANSCODE);
  return isSource ? FLOW_ERRORS.sourceFaulty : FLOW_ERRORS.systemFailure;
}
