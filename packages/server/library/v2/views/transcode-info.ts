import type { Addresses } from '../../../common/addresses.ts';
import { videoPrefix } from '../../../common/object-keys.ts';
import type { Output, OutputKind } from '../../outputs/types.ts';
import type { Video } from '../../videos/types.ts';
import { definitionOf } from './definition.ts';
import { containerOf, streamsOf, wholeSeconds } from './meta-data.ts';

const LISTED: ReadonlySet<OutputKind> = new Set(['source', 'transcode', 'masterPlaylist']);

/**
 * `transcodeInfo` of GetVideoInfo, with the source as definition 0; nothing while there is only the source.
 * Key frames are aligned when a master playlist was made, because players switch between its renditions.
 */
export function transcodeInfoOf(
  { appId, id }: Pick<Video, 'appId' | 'id'>,
  outputs: readonly Output[],
  addresses: Addresses,
) {
  const listed = outputs.filter(({ kind }) => LISTED.has(kind));
  if (listed.length < 2) return {};
  const prefix = videoPrefix(appId, id);
  return {
    transcodeInfo: {
      idrAlignment: listed.some(({ kind }) => kind === 'masterPlaylist') ? 1 : 0,
      transcodeList: listed.map((output) => ({
        ...(output.info ? streamsOf(output.info, output.md5) : noStreams),
        url: addresses.of(prefix + output.name),
        definition: definitionOf(output),
        bitrate: output.bitrate,
        height: output.height,
        width: output.width,
        size: output.size,
        duration: wholeSeconds(output.durationMs),
        container: containerOf(output.container),
        md5: output.md5,
      })),
    },
  };
}

const noStreams = { videoStreamList: [], audioStreamList: [] };
