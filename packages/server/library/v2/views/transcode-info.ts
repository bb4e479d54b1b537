import type { Addresses } from '../../../common/addresses.ts';
import type { Rendition } from '../../types.ts';
import { streamsOf, wholeSeconds } from './meta-data.ts';

/**
 * `transcodeInfo` of GetVideoInfo, with the source as definition 0; nothing while there is only the source.
 * Key frames are aligned when a master playlist was made, because players switch between its renditions.
 */
export function transcodeInfoOf(renditions: readonly Rendition[], addresses: Addresses) {
  if (!renditions.some(({ definition }) => definition !== 0)) return {};
  const aligned = renditions.some(({ definition }) => definition === MASTER_PLAYLIST);
  return {
    transcodeInfo: {
      idrAlignment: aligned ? 1 : 0,
      transcodeList: renditions.map((rendition) => ({
        ...(rendition.info ? streamsOf(rendition.info, rendition.md5) : noStreams),
        url: addresses.of(rendition.key),
        definition: rendition.definition,
        bitrate: rendition.bitrate,
        height: rendition.height,
        width: rendition.width,
        size: rendition.size,
        duration: wholeSeconds(rendition.durationMs),
        container: rendition.container,
        md5: rendition.md5,
      })),
    },
  };
}

const MASTER_PLAYLIST = 10000;
const noStreams = { videoStreamList: [], audioStreamList: [] };
