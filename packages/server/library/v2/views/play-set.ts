import type { Addresses } from '../../../common/addresses.ts';
import { videoPrefix } from '../../../common/object-keys.ts';
import type { Playable } from '../../outputs/types.ts';
import type { Video } from '../../videos/types.ts';
import { definitionOf } from './definition.ts';

/** What can be played, as `playSet` of DescribeVodPlayUrls, DescribeVodPlayInfo and TranscodeComplete shows it; bit/s, px. */
export function playSetOf(
  { appId, id }: Pick<Video, 'appId' | 'id'>,
  playable: readonly Playable[],
  addresses: Addresses,
) {
  const prefix = videoPrefix(appId, id);
  return playable.map((output) => ({
    url: addresses.of(prefix + output.name),
    definition: definitionOf(output),
    vbitrate: output.videoBitrate,
    vheight: output.height,
    vwidth: output.width,
  }));
}
