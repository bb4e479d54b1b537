import type { PlayableRendition, Rendition, Video } from '../library/index.ts';
import type { TaskFlow } from '../tasks/index.ts';

/** What this room tells of. */
export interface ProcessingEvents {
  'flow.changed': FlowChanged;
}

/** How far a flow has come, and what there was of its video at that moment. */
export interface FlowChanged {
  flow: Pick<TaskFlow, 'id' | 'kind' | 'videoId' | 'status' | 'errorCode' | 'message' | 'subTasks'>;
  /** Null when it is gone. */
  video: Pick<Video, 'name' | 'durationMs' | 'coverKey' | 'type' | 'size' | 'md5' | 'info'> | null;
  /** What can be played of the video, for flows of kind `transcode`; the source first. */
  renditions: PlayableRendition[];
}

/** Takes from flow, video and renditions what an event keeps of them. */
export function flowChanged(
  flow: TaskFlow,
  video: Video | null,
  renditions: readonly Rendition[],
): FlowChanged {
  const { id, kind, videoId, status, errorCode, message, subTasks } = flow;
  return {
    flow: { id, kind, videoId, status, errorCode, message, subTasks },
    video: video && {
      name: video.name,
      durationMs: video.durationMs,
      coverKey: video.coverKey,
      type: video.type,
      size: video.size,
      md5: video.md5,
      info: video.info,
    },
    renditions: renditions.map(({ definition, key, videoBitrate, width, height }) => ({
      definition,
      key,
      videoBitrate,
      width,
      height,
    })),
  };
}
