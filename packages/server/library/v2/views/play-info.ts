import type { Addresses } from '../../../common/addresses.ts';
import type { Playable } from '../../outputs/types.ts';
import type { Video } from '../../videos/types.ts';
import { coverUrlOf } from './cover-url.ts';
import { wholeSeconds } from './meta-data.ts';
import { playSetOf } from './play-set.ts';
import { STATUS_CODES } from './video-summary.ts';

/** An element of `fileSet` of DescribeVodPlayInfo and DescribeRecordPlayInfo. */
export function playInfoOf(video: Video, playable: readonly Playable[], addresses: Addresses) {
  const imageUrl = coverUrlOf(video, addresses);
  return {
    fileId: video.id,
    fileName: video.name,
    duration: wholeSeconds(video.durationMs),
    status: String(STATUS_CODES[video.status]),
    imageUrl,
    // The oldest callers read the spelling of the oldest sample.
    image_url: imageUrl,
    playSet: playSetOf(video, playable, addresses),
  };
}
