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

export interface VideoSpec {
  codec: 'h264';
  /** px: of the longer edge when self-adapting, of the width otherwise; 'source' keeps the source's size. */
  width: number | 'source';
  /** px: nominal when self-adapting, exact otherwise; null leaves it to the source's display aspect ratio. */
  height: number | 'source' | null;
  selfAdapting: boolean;
  /** frames per second, constant */
  fps: number;
  /** bit/s, an average */
  bitrate: number;
  /** null leaves it to the encoder: high */
  profile: 'baseline' | 'main' | 'high' | null;
  /** longest distance from one key frame to the next, frames */
  gopFrames: number;
}

export interface AudioSpec {
  codec: 'aac' | 'mp3';
  /** bit/s */
  bitrate: number;
  channels: 1 | 2;
  /** Hz */
  sampleRate: number;
}
