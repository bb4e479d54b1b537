import type { Playable, Video } from '../library/index.ts';
import type { TaskFlow } from '../tasks/index.ts';

/** What this room tells of. */
export interface ProcessingEvents {
  'flow.changed': FlowChanged;
}

/** How far a flow has come, and what there was of its video at that moment. */
export interface FlowChanged {
  flow: Pick<TaskFlow, 'id' | 'appId' | 'kind' | 'videoId' | 'sources' | 'status' | 'failure' | 'jobs'>;
  /** Null when nothing is known of it. */
  video: FlowVideo | null;
  /** What can be played of the video, for flows of kind `transcode`; the source first. */
  playable: Playable[];
}

/** What a flow keeps of its video, and its events say of it. */
export type FlowVideo = Pick<Video, 'name' | 'durationMs' | 'coverKey' | 'type' | 'size' | 'md5' | 'info'>;

/** Takes from a video what a flow keeps of it. */
export function flowVideo(video: Video): FlowVideo {
  const { name, durationMs, coverKey, type, size, md5, info } = video;
  return { name, durationMs, coverKey, type, size, md5, info };
}

/** Takes from a flow what an event tells of it. */
export function flowChanged(flow: TaskFlow, video: Video | null, playable: readonly Playable[]): FlowChanged {
  const { id, appId, kind, videoId, sources, status, failure, jobs } = flow;
  return {
    flow: { id, appId, kind, videoId, sources, status, failure, jobs },
    // Of one that is gone we know what it was when the flow was asked for.
    video: video ? flowVideo(video) : (flow.about as unknown as FlowVideo | null),
    playable: playable.map(({ kind, definition, name, videoBitrate, width, height }) => ({
      ...{ kind, definition, name, videoBitrate, width, height },
    })),
  };
}
