import type { Video } from './videos/types.ts';

/** What this room, and those that make videos for it, tell of. */
export interface LibraryEvents {
  'video.created': VideoCreated;
  /** They are gone, with all their objects. */
  'video.deleted': { videoIds: readonly string[] };
}

/** A video has been registered and can be played from now on. */
export interface VideoCreated
  extends Pick<Video, 'name' | 'sourceKey' | 'coverKey' | 'sourceType' | 'sourceContext'> {
  videoId: string;
  /** The transcode that was begun with it; null for none. */
  transcodeId: string | null;
  /** The task flow that was begun with it; null for none, absent in what was kept before there were any. */
  procedureId?: string | null;
}
