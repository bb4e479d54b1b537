import type { EventDataOf, PullComplete } from '@openvod/contract/v2';
import type { Addresses } from '../../../common/addresses.ts';
import type { FlowChanged } from '../../events.ts';
import { pullJob } from '../../pull/job.ts';
import { pullErrorCode } from './error-codes.ts';

/** `data` of PullComplete: a failure has no file (docs/wire/events.md). */
export function pullData({ flow }: FlowChanged, addresses: Addresses) {
  const made = flow.jobs[0] ? pullJob.outputOf(flow.jobs[0]) : null;
  return {
    status: pullErrorCode(flow.failure),
    message: flow.failure?.message ?? '',
    vodTaskId: flow.id,
    ...(made && {
      fileId: flow.videoId ?? '',
      fileUrl: addresses.of(made.sourceKey),
      ...(made.transcodeId !== null && { transcodeTaskId: made.transcodeId }),
    }),
  } satisfies EventDataOf<typeof PullComplete>;
}

/** The same while it is not finished, in the words of a transcode; `progress` in percent is ours. */
export function runningPullData(flow: FlowChanged['flow']) {
  return {
    status: flow.status === 'waiting' ? 'WAITING' : 'PROCESSING',
    errCode: 0,
    message: '',
    vodTaskId: flow.id,
    progress: Math.floor((flow.jobs[0]?.progress ?? 0) * 100),
  };
}
