import { formatDateTime } from '@openvod/contract/v2';
import type { Executor } from '../../../database/index.ts';
import { type Library, wholeSeconds } from '../../../library/index.ts';
import type { VideoPlays } from '../../types.ts';

/** Plays of videos with what is known of these; one that is gone has its id alone. */
export async function fileStatsOf(
  db: Executor,
  library: Library,
  appId: string,
  plays: readonly VideoPlays[],
) {
  const ids = plays.map(({ videoId }) => videoId);
  const videos = new Map((await library.videos.getMany(db, appId, ids)).map((video) => [video.id, video]));
  return plays.map(({ videoId, plays, bytes }) => {
    const video = videos.get(videoId);
    return {
      fileId: videoId,
      name: video?.name ?? '',
      size: video?.size ?? 0,
      duration: video ? wholeSeconds(video.durationMs) : 0,
      createTime: video ? formatDateTime(video.createdAt) : '',
      playTimes: plays,
      flux: bytes,
    };
  });
}
