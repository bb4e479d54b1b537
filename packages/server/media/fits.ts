import type { Container } from './containers.ts';
import type { AudioDefinition, VideoDefinition } from './definitions.ts';
import type { AudioStream, VideoStream } from './media-info.ts';
import { pictureSize } from './sizing.ts';

/** An average is never met exactly: this much above the definition's bitrate still counts as fitting. */
const BITRATE_TOLERANCE = 1.1;

/** Longest distance between key frames, ms, with which a copied stream still makes usable HLS segments. */
const LONGEST_KEY_FRAME_INTERVAL_MS = 10_500;

const profileRank: Record<string, number> = { 'Constrained Baseline': 0, Baseline: 0, Main: 1, High: 2 };
const definitionRank = { baseline: 0, main: 1, high: 2 };

/**
 * Whether a source's video already is what a definition would make of it, or less: then it is copied, which is
 * faster than encoding and loses nothing. Anything that a copy could not put right (turned, interlaced, non-square or
 * 10 bit pictures) does not fit.
 */
export function videoFits(stream: VideoStream, definition: VideoDefinition, container: Container): boolean {
  const size = pictureSize(stream, definition);
  const rank = profileRank[stream.profile];
  return (
    stream.codec === 'h264' &&
    stream.pixelFormat === 'yuv420p' &&
    !stream.fullRange &&
    !stream.hdr &&
    !stream.interlaced &&
    stream.rotation === 0 &&
    stream.displayWidth === stream.width &&
    size.width === stream.width &&
    size.height === stream.height &&
    stream.fps > 0 &&
    stream.fps <= definition.fps * 1.01 &&
    stream.bitrate > 0 &&
    stream.bitrate <= definition.bitrate * BITRATE_TOLERANCE &&
    rank !== undefined &&
    rank <= definitionRank[definition.profile ?? 'high'] &&
    (container !== 'hls' || (stream.keyFrameIntervalMs ?? Infinity) <= LONGEST_KEY_FRAME_INTERVAL_MS)
  );
}

/** The same for sound. HE-AAC does not fit: its nominal profile is what old players fail on. */
export function audioFits(stream: AudioStream, definition: AudioDefinition): boolean {
  return (
    stream.codec === definition.codec &&
    (stream.codec !== 'aac' || stream.profile === 'LC') &&
    stream.channels <= definition.channels &&
    stream.sampleRate <= definition.sampleRate &&
    stream.bitrate > 0 &&
    stream.bitrate <= definition.bitrate * BITRATE_TOLERANCE
  );
}
