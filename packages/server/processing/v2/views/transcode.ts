import type { EventDataOf, TranscodeComplete } from '@openvod/contract/v2';
import type { Addresses } from '../../../common/addresses.ts';
import { coverUrlOf, playSetOf, wholeSeconds } from '../../../library/index.ts';
import type { FlowChanged } from '../../events.ts';

/**
 * `data` of TranscodeComplete. The documents speak of success only when every definition was made, so one that failed
 * gives the whole its code; what was made can be played all the same and is listed then too. Of a video that is gone there is
 * nothing to list.
 */
export function transcodeData({ flow, video, renditions }: FlowChanged, addresses: Addresses) {
  const failed = flow.subTasks.find(({ status }) => status === 'failed');
  const isLost = flow.errorCode !== 0;
  return {
    status: failed?.errorCode ?? flow.errorCode,
    message: failed?.message ?? flow.message,
    vodTaskId: flow.id,
    fileId: flow.videoId,
    ...(video
      ? {
          fileName: video.name,
          duration: wholeSeconds(video.durationMs),
          coverUrl: coverUrlOf(video, addresses),
          ...(!isLost && { playSet: playSetOf(renditions, addresses) }),
        }
      : { errCode: flow.errorCode }),
  } satisfies EventDataOf<typeof TranscodeComplete>;
}

/** The same while it is not finished (contract/task/GetTaskInfo.yaml, variants); `progress` in percent is ours. */
export function runningTranscodeData(flow: FlowChanged['flow']) {
  const total = flow.subTasks.reduce((sum, { progress }) => sum + progress, 0);
  return {
    status: flow.status === 'waiting' ? 'WAITING' : 'PROCESSING',
    errCode: 0,
    message: '',
    vodTaskId: flow.id,
    fileId: flow.videoId,
    progress: Math.floor((total / Math.max(1, flow.subTasks.length)) * 100),
  };
}
