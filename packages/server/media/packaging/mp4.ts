import type { Packaging } from './packaging.ts';
import { collectFile } from './single-file.ts';

const contentType = 'video/mp4';

/** ISO/IEC 14496-14, its index in front so that playback starts before the file has arrived. */
export const mp4 = {
  name: 'mp4',
  extension: 'mp4',
  contentType,
  segments: null,
  // HEVC is `hvc1` since Apple's players refuse `hev1`.
  codecs: {
    ...{ h264: 'avc1', hevc: 'hvc1', av1: 'av01', vp9: 'vp09', mpeg4: 'mp4v' },
    ...{ aac: 'mp4a', mp3: 'mp4a', ac3: 'ac-3', eac3: 'ec-3', opus: 'Opus', flac: 'fLaC' },
  },
  longestKeyFrameIntervalMs: null,
  carriesRotation: true,
  hasMasterPlaylist: false,
  muxer: 'f=mp4:movflags=+faststart',
  collect: (written) => collectFile(written, contentType),
} as const satisfies Packaging;
