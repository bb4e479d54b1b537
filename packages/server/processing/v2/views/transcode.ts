import type { EventDataOf, TranscodeComplete } from '@openvod/contract/v2';
import type { Addresses } from '../../../common/addresses.ts';
import { coverUrlOf, playSetOf, wholeSeconds } from '../../../library/index.ts';
import type { FlowChanged } from '../../events.ts';
import { jobErrorCode } from './error-codes.ts';

/**
 * `data` of TranscodeComplete. The documents speak of success only when every definition was made, so one that failed
 * gives the whole its code; what was made can be played all the same and is listed then too. Of a video that is gone there is
 * nothing to list.
 */
export function transcodeData({ flow, video, playable }: FlowChanged, addresses: Addresses) {
  const failure = flow.jobs.find(({ status }) => status === 'failed')?.failure ?? flow.failure;
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
