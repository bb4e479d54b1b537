import { FLOW_ERRORS, PROCESSING_ERRORS } from '@openvod/contract/v2';

const SOURCE_KINDS = new Set(['probe', 'snapshot', 'source']);
const RUNNING_TRANSCODE = 450;

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
