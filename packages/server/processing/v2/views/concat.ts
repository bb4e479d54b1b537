import type { ConcatComplete, EventDataOf } from '@openvod/contract/v2';
import type { Addresses } from '../../../common/addresses.ts';
import { videoPrefix } from '../../../common/object-keys.ts';
import type { Failure, Job } from '../../../tasks/index.ts';
import type { FlowChanged } from '../../events.ts';
import { concatInputOf } from '../../making/concat.ts';
import { makingResultOf } from '../../making/result.ts';
import { flowErrorCode } from './error-codes.ts';
import { unfinished } from './unfinished.ts';

type Flow = FlowChanged['flow'];

/** The event knows two failures; that 4 is a source's fault, and -1 any other, is our choice. */
const SOURCE_FAILED = 4;
const FAILED = -1;
/** What flows say when a file is to blame. */
const SOURCE_FAULTY = flowErrorCode({ kind: 'probe/damaged', message: '' });

/** `data` of ConcatComplete: one result for each container that was asked for (docs/wire/events.md). */
export function concatData(flow: Flow, addresses: Addresses) {
  return {
    vodTaskId: flow.id,
    ...(flow.failure && { message: flow.failure.message }),
    fileInfo: flow.jobs.map((job) => resultOf(job, flow, addresses)),
  } satisfies EventDataOf<typeof ConcatComplete>;
}

/** The same while it is not finished, in the words of a transcode. */
export function runningConcatData(flow: Flow) {
  return { ...unfinished(flow), vodTaskId: flow.id };
}

function resultOf(job: Job, { appId, videoId }: Flow, addresses: Addresses) {
  const isHls = concatInputOf(job).container === 'hls';
  const made = makingResultOf(job);
  const name = isHls ? made?.renditions[0] : made?.source;
  return {
    fileType: isHls ? 'm3u8' : 'mp4',
    status: statusOf(job.failure),
    message: job.failure?.message ?? '',
    ...(name !== undefined &&
      videoId !== null && { fileId: videoId, fileUrl: addresses.of(videoPrefix(appId, videoId) + name) }),
  };
}

function statusOf(failure: Failure | null): number {
  if (failure === null) return 0;
  return flowErrorCode(failure) === SOURCE_FAULTY ? SOURCE_FAILED : FAILED;
}
