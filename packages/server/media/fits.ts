import type { AudioStream, VideoStream } from './media-info.ts';
import type { AudioSpec } from './output-spec.ts';
import type { Packaging } from './packaging/index.ts';
import type { SettledVideo } from './settle.ts';
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
const hevcProfiles: Record<string, 8 | 10> = { Main: 8, 'Main 10': 10 };

/**
 * Whether a source's video may stand for what a definition would make of it: a copy is faster than encoding and loses
 * nothing.
 */
export function videoFits(
  stream: VideoStream,
  spec: SettledVideo,
  packaging: Packaging,
  { copyWhenFits, upscale }: FitOptions,
): boolean {
  if (copyWhenFits === 'never' || spec.denoise || !isPlain(stream) || !canBeCut(stream, packaging))
    return false;
  const size = pictureSize(stream, spec, upscale);
  return (
    stream.codec === spec.codec &&
    size.width === stream.width &&
    size.height === stream.height &&
    hasProfile(stream, spec) &&
    (copyWhenFits === 'strict' ? isExactly(stream, spec) : isWithin(stream, spec))
  );
}

function hasProfile({ profile, pixelFormat }: VideoStream, spec: SettledVideo): boolean {
  if (spec.codec === 'hevc') {
    const isDeep = pixelFormat === 'yuv420p10le';
    const depth = hevcProfiles[profile];
    return depth !== undefined && depth <= (spec.bitDepth ?? 8) && isDeep === (spec.bitDepth === 10);
  }
  const rank = profileRank[profile];
  return pixelFormat === 'yuv420p' && rank !== undefined && rank <= specRank[spec.profile ?? 'high'];
}

/** Nothing that a copy could not put right: turned, interlaced or non-square pictures. */
function isPlain(stream: VideoStream): boolean {
  return (
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

function isExactly(stream: VideoStream, spec: SettledVideo): boolean {
  const { fps, bitrate, keyFrameIntervalMs } = stream;
  return (
    // Nobody knows how close together the key frames of a source are.
    spec.minGopFrames === undefined &&
    Math.abs(fps - spec.fps) <= spec.fps * STRICT_FPS &&
    !stream.variableFrameRate &&
    bitrate > 0 &&
    bitrate <= spec.bitrate &&
    keyFrameIntervalMs !== undefined &&
    Math.round((keyFrameIntervalMs * fps) / 1000) <= spec.gopFrames
  );
}

function isWithin({ fps, bitrate }: VideoStream, spec: SettledVideo): boolean {
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
