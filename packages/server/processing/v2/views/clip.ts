import type { ClipComplete, EventDataOf } from '@openvod/contract/v2';
import type { Addresses } from '../../../common/addresses.ts';
import { videoPrefix } from '../../../common/object-keys.ts';
import type { FlowChanged } from '../../events.ts';
import { makingResultOf } from '../../making/result.ts';
import { makingErrorCode } from './error-codes.ts';
import { unfinished } from './unfinished.ts';

type Flow = FlowChanged['flow'];

/** `data` of ClipComplete: a failure has no file (docs/wire/events.md). */
export function clipData(flow: Flow, addresses: Addresses) {
  const made = flow.jobs[0] ? makingResultOf(flow.jobs[0]) : null;
  return {
    ...aboutOf(flow),
    fileInfo: {
      status: makingErrorCode(flow.failure),
      message: flow.failure?.message ?? '',
      ...(made &&
        flow.videoId !== null && {
          fileType: 'mp4',
          fileId: flow.videoId,
          fileUrl: addresses.of(videoPrefix(flow.appId, flow.videoId) + made.source),
        }),
    },
  } satisfies EventDataOf<typeof ClipComplete>;
}

/** The same while it is not finished, in the words of a transcode. */
export function runningClipData(flow: Flow) {
  return { ...unfinished(flow), ...aboutOf(flow) };
}

function aboutOf({ id, sources }: Flow) {
  return { vodTaskId: id, srcFileId: sources[0] ?? '' };
}
