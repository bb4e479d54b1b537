import type { MediaInfo } from '../../../media/index.ts';

/** What is shown of a file that is no media. */
export const NO_MEDIA: MediaInfo = {
  container: '',
  size: 0,
  durationMs: 0,
  bitrate: 0,
  rotation: 0,
  video: [],
  audio: [],
  browserPlayable: false,
};
