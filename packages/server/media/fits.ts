import type { AudioStream, VideoStream } from './media-info.ts';
import type { AudioSpec, VideoSpec } from './output-spec.ts';
import type { Packaging } from './packaging/index.ts';
import { pictureSize } from './sizing.ts';

/**
 * When a stream is copied instead of encoded. `strict`: it satisfies every parameter of its definition; `loose`: it is
 * at least as good to play, smaller or slower streams included; `never`.
 */
export type CopyWhenFits = 'strict' | 'loose' | 'never';

export interface FitOptions {
  copyWhenFits: CopyWhenFits;
  /** as in `pictureSize` */
  upscale: boolean;
}

/** An average is never met exactly: this much above the definition's bitrate is still as good to play. */
const LOOSE_BITRATE = 1.1;
/** 29.97 is 30 frames per second to everybody. */
const LOOSE_FPS = 1.01;
/** Strictly it is not, but 23.976 measured as 23.98 is the same; either way. */
const STRICT_FPS = 0.005;

const profileRank: Record<string, number> = { 'Constrained Baseline': 0, Baseline: 0, Main: 1, High: 2 };
const specRank = { baseline: 0, main: 1, high: 2 };

/**
 * Whether a source's video may stand for what a definition would make of it: a copy is faster than encoding and loses
 * nothing.
 */
export function videoFits(
  stream: VideoStream,
  spec: VideoSpec,
  packaging: Packaging,
  { copyWhenFits, upscale }: FitOptions,
): boolean {
  if (copyWhenFits === 'never' || !isPlain(stream) || !canBeCut(stream, packaging)) return false;
  const size = pictureSize(stream, spec, upscale);
  const rank = profileRank[stream.profile];
  return (
    size.width === stream.width &&
    size.height === stream.height &&
    rank !== undefined &&
    rank <= specRank[spec.profile ?? 'high'] &&
    (copyWhenFits === 'strict' ? isExactly(stream, spec) : isWithin(stream, spec))
  );
}

/** Nothing that a copy could not put right: turned, interlaced, non-square or 10 bit pictures. */
function isPlain(stream: VideoStream): boolean {
  return (
    stream.codec === 'h264' &&
    stream.pixelFormat === 'yuv420p' &&
    !stream.fullRange &&
    !stream.hdr &&
    !stream.interlaced &&
    stream.rotation === 0 &&
    stream.displayWidth === stream.width &&
    stream.displayHeight === stream.height
  );
}

function canBeCut(stream: VideoStream, { longestKeyFrameIntervalMs }: Packaging): boolean {
  return (
    longestKeyFrameIntervalMs === null ||
    (stream.keyFrameIntervalMs ?? Number.POSITIVE_INFINITY) <= longestKeyFrameIntervalMs
  );
}

function isExactly(stream: VideoStream, spec: VideoSpec): boolean {
  const { fps, bitrate, keyFrameIntervalMs } = stream;
  return (
    Math.abs(fps - spec.fps) <= spec.fps * STRICT_FPS &&
    !stream.variableFrameRate &&
    bitrate > 0 &&
    bitrate <= spec.bitrate &&
    keyFrameIntervalMs !== undefined &&
    Math.round((keyFrameIntervalMs * fps) / 1000) <= spec.gopFrames
  );
}

function isWithin({ fps, bitrate }: VideoStream, spec: VideoSpec): boolean {
  return fps > 0 && fps <= spec.fps * LOOSE_FPS && bitrate > 0 && bitrate <= spec.bitrate * LOOSE_BITRATE;
}

/** The same for sound. HE-AAC never fits: its nominal profile is what old players fail on. */
export function audioFits(stream: AudioStream, spec: AudioSpec, copyWhenFits: CopyWhenFits): boolean {
  const { codec, profile, channels, sampleRate, bitrate } = stream;
  if (copyWhenFits === 'never' || codec !== spec.codec || (codec === 'aac' && profile !== 'LC')) return false;
  if (bitrate <= 0) return false;
  if (copyWhenFits === 'strict') {
    return channels === spec.channels && sampleRate === spec.sampleRate && bitrate <= spec.bitrate;
  }
  return (
    channels <= spec.channels && sampleRate <= spec.sampleRate && bitrate <= spec.bitrate * LOOSE_BITRATE
  );
}
