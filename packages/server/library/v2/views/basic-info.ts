import type { Addresses } from '../../../common/addresses.ts';
import type { Video } from '../../videos/types.ts';
import { coverUrlOf } from './cover-url.ts';
import { wholeSeconds } from './meta-data.ts';

/**
 * `basicInfo` of GetVideoInfo. The status is always "normal", which means usable: the source can be played whatever
 * becomes of transcoding; how that goes shows in DescribeVodInfo. `tags` is an extension of ours.
 */
export function basicInfoOf(video: Video, className: string, addresses: Addresses) {
  return {
    name: video.name,
    size: video.size,
    duration: wholeSeconds(video.durationMs),
    description: video.description,
    status: 'normal',
    createTime: unixSeconds(video.createdAt),
    updateTime: unixSeconds(video.updatedAt),
    expireTime: video.expiresAt === null ? 0 : unixSeconds(video.expiresAt),
    classificationId: video.classId,
    classificationName: className,
    playerId: 0,
    coverUrl: coverUrlOf(video, addresses),
    type: video.type,
    sourceVideoUrl: addresses.of(video.sourceKey),
    tags: video.tags,
  };
}

function unixSeconds(ms: number): number {
  return Math.floor(ms / 1000);
}
