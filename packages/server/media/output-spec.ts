import type { Container } from './packaging/index.ts';
import type { Watermark } from './watermark.ts';

/** What a caller wants made of a source: the superset of what a template can say. Null leaves a stream out. */
export interface OutputSpec {
  /** of the definition, unique within a plan */
  id: number;
  container: Container;
  /** Only the container changes: streams are copied whatever they are, `video` and `audio` are not looked at. */
  copy?: boolean;
  video: VideoSpec | null;
  audio: AudioSpec | null;
  /** Lies over the picture, which is never copied then. */
  watermark?: Watermark;
}

/** Fields that may be missing say, when they are, that all is as it is in the presets. */
export interface VideoSpec {
  codec: 'h264' | 'hevc';
  /**
   * px: of the longer edge when self-adapting, of the width otherwise; 'source' keeps the source's size; null, where there
   * is a height, follows from that.
   */
  width: number | 'source' | null;
  /** px: nominal when self-adapting, exact otherwise; null leaves it to the source's display aspect ratio. */
  height: number | 'source' | null;
  selfAdapting: boolean;
  /** The height of a self-adapting picture is no nominal one: the shorter edge gets no longer than that. */
  bothEdges?: boolean;
  /** frames per second, constant */
  fps: number;
  /** bit/s, an average */
  bitrate: number;
  /** Which figures are upper bounds only: where the source has less, it stays at that. */
  atMost?: { width?: boolean; height?: boolean; fps?: boolean; bitrate?: boolean };
  /** null leaves it to the encoder: high for H.264, main for H.265 */
  profile: 'baseline' | 'main' | 'high' | null;
  /** longest distance from one key frame to the next, frames */
  gopFrames: number;
  /**
   * The distance of key frames in ms instead; null leaves an end open. Where the shortest is at most half of the longest,
   * key frames come where scenes change, too.
   */
  gop?: { minMs: number | null; maxMs: number | null };
  /** of a sample; 8 when missing */
  bitDepth?: 8 | 10;
  /** missing: where the source needs it */
  deinterlace?: boolean;
  denoise?: boolean;
  /** The first of two passes looks at the whole film, so that the second spends the bits where they are needed. */
  twoPass?: boolean;
}

export interface AudioSpec {
  codec: 'aac' | 'mp3';
  /** bit/s */
  bitrate: number;
  channels: 1 | 2;
  /** Hz */
  sampleRate: number;
  /** as in VideoSpec */
  atMost?: { bitrate?: boolean; sampleRate?: boolean };
  /** What resamples sources of more than two channels; ffmpeg's own when missing. */
  resampler?: 'soxr';
  /** The centre of sources of more than four channels is mixed in louder, at its full level. */
  boostCentre?: boolean;
}
