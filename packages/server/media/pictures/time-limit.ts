import type { MediaInfo } from '../media-info.ts';

const MINUTE = 60_000;

/** How long one ffmpeg process may take that reads a source for pictures, ms: to decode all of it is the worst that happens. */
export function picturesTimeoutMs({ durationMs }: Pick<MediaInfo, 'durationMs'>): number {
  return 10 * MINUTE + durationMs;
}
