import type { AudioStream, VideoStream } from './media-info.ts';
import type { AudioSpec, VideoSpec } from './output-spec.ts';
import { type Container, packagingOf } from './packaging/index.ts';

/** Frames from key frame to key frame where nothing else is said, as in all presets. */
const GOP_FRAMES = 250;

/** bit/s: less is no picture, whatever a broken header claims of its source. */
const LEAST_BITRATE = 10_000;

/** What a definition comes to for one source: upper bounds have become figures, distances of key frames have become frames. */
export interface SettledVideo extends Omit<VideoSpec, 'gop'> {
  /** Shortest distance of key frames that come where scenes change, frames; missing where all are at fixed times. */
  minGopFrames?: number;
}

/** Sizes are left as they are: `pictureSize` reads their bounds. */
export function settledVideo({ gop, ...spec }: VideoSpec, source: VideoStream): SettledVideo {
  const { fps: isFpsBound, bitrate: isBitrateBound } = spec.atMost ?? {};
  const fps = isFpsBound && source.fps > 0 ? Math.max(1, Math.min(spec.fps, source.fps)) : spec.fps;
  const bitrate =
    isBitrateBound && source.bitrate > 0
      ? Math.max(LEAST_BITRATE, Math.min(spec.bitrate, source.bitrate))
      : spec.bitrate;
  return { ...spec, fps, bitrate, ...(gop ? keyFrames(gop, fps) : {}) };
}

/**
 * x264 takes the shortest distance seriously up to half of the longest. Beyond that key frames are at fixed times, the longest
 * distance apart: that is within both.
 */
function keyFrames({ minMs, maxMs }: NonNullable<VideoSpec['gop']>, fps: number) {
  const frames = (ms: number) => Math.max(1, Math.round((ms * fps) / 1000));
  const min = minMs === null ? null : frames(minMs);
  const gopFrames = maxMs === null ? Math.max(GOP_FRAMES, min ?? 0) : frames(maxMs);
  return min !== null && min * 2 <= gopFrames ? { gopFrames, minGopFrames: min } : { gopFrames };
}

/** Sampling rates that encoders take, Hz. */
const SAMPLE_RATES = [48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8000];

export function settledAudio(spec: AudioSpec, source: AudioStream, container: Container): AudioSpec {
  const { atMost: { bitrate: isBitrateBound, sampleRate: isRateBound } = {} } = spec;
  const bitrate =
    isBitrateBound && source.bitrate > 0 ? Math.min(spec.bitrate, source.bitrate) : spec.bitrate;
  const sampleRate =
    isRateBound && source.sampleRate > 0
      ? rateBelow(
          Math.min(spec.sampleRate, source.sampleRate),
          packagingOf(container).sampleRates?.[spec.codec],
        )
      : spec.sampleRate;
  return { ...spec, bitrate, sampleRate };
}

/** The highest rate that is not above the wanted one; the lowest of all where none is. */
function rateBelow(wanted: number, held: readonly number[] = SAMPLE_RATES): number {
  return held.find((rate) => rate <= wanted) ?? held.at(-1)!;
}
