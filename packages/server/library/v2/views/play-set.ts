import type { Addresses } from '../../../common/addresses.ts';
import type { PlayableRendition } from '../../types.ts';

/** Renditions as `playSet` of DescribeVodPlayUrls, DescribeVodPlayInfo and TranscodeComplete shows them; bit/s, px. */
export function playSetOf(renditions: readonly PlayableRendition[], addresses: Addresses) {
  return renditions.map(({ definition, key, videoBitrate, width, height }) => ({
    url: addresses.of(key),
    definition,
    vbitrate: videoBitrate,
    vheight: height,
    vwidth: width,
  }));
}
