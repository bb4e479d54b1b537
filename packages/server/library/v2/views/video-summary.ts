import { formatDateTime } from '@openvod/contract/v2';
import type { Addresses } from '../../../common/addresses.ts';
import type { Video, VideoStatus } from '../../videos/types.ts';
import { coverUrlOf } from './cover-url.ts';
import { wholeSeconds } from './meta-data.ts';
import { vidOf } from './vid.ts';

/** docs/wire/library.md, Status of a video. */
export const STATUS_CODES: Record<VideoStatus, number> = {
  normal: 2,
  transcoding: 4,
  transcodeFailed: 7,
  waiting: 10,
};

/** Statuses by their number; the numbers that are missing here belong to no video of ours. */
export function statusOfCode(code: number): VideoStatus | undefined {
  return (Object.keys(STATUS_CODES) as VideoStatus[]).find((status) => STATUS_CODES[status] === code);
}

/** An element of `fileSet` of DescribeVodInfo: numbers are text there. */
export function videoSummaryOf(video: Video, className: string, addresses: Addresses) {
  return {
    fileId: video.id,
    fileName: video.name,
    fileIntro: video.description,
    size: String(video.size),
    duration: String(wholeSeconds(video.durationMs)),
    status: String(STATUS_CODES[video.status]),
    vid: vidOf(video),
    createTime: formatDateTime(video.createdAt),
    updateTime: formatDateTime(video.updatedAt),
    classId: String(video.classId),
    className,
    imageUrl: coverUrlOf(video, addresses),
    tags: video.tags,
    description: video.description,
    cdnStatus: PUBLISHED,
  };
}

/** Every file can be fetched as soon as it is stored. */
const PUBLISHED = 2;
