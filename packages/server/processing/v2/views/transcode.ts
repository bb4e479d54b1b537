import type { EventDataOf, TranscodeComplete } from '@openvod/contract/v2';
import type { Addresses } from '../../../common/addresses.ts';
import { coverUrlOf, playSetOf, wholeSeconds } from '../../../library/index.ts';
import type { FlowChanged } from '../../events.ts';
import { transcodeJob } from '../../jobs/transcode.ts';
import { jobErrorCode } from './error-codes.ts';

/**
 * `data` of TranscodeComplete. The documents speak of success only when every definition was made, so one that failed
 * gives the whole its code; what was made can be played all the same and is listed then too. Of a video that is gone there is
 * nothing to list.
 */
export function transcodeData({ flow, video, playable }: FlowChanged, addresses: Addresses) {
  // Pictures that could not be taken, as of sound, do not make it a failure.
  const failed = flow.jobs.find(({ type, status }) => type === transcodeJob.type && status === 'failed');
  const failure = failed?.failure ?? flow.failure;
  const fileId = flow.videoId ?? '';
  return {
    status: jobErrorCode(failure),
    message: failure?.message ?? '',
    vodTaskId: flow.id,
    fileId,
    ...(video && {
      fileName: video.name,
      duration: wholeSeconds(video.durationMs),
      coverUrl: coverUrlOf(video, addresses),
    }),
    ...(flow.failure === null && {
      playSet: playSetOf({ appId: flow.appId, id: fileId }, playable, addresses),
    }),
  } satisfies EventDataOf<typeof TranscodeComplete>;
}

/** The same while it is not finished (docs/wire/tasks.md); `progress` in percent is ours. */
export function runningTranscodeData(flow: FlowChanged['flow']) {
  const total = flow.jobs.reduce((sum, { progress }) => sum + progress, 0);
  return {
    status: flow.status === 'waiting' ? 'WAITING' : 'PROCESSING',
    errCode: 0,
    message: '',
    vodTaskId: flow.id,
    fileId: flow.videoId ?? '',
    progress: Math.floor((total / Math.max(1, flow.jobs.length)) * 100),
  };
}
