import { type Container, containerHolds } from './containers.ts';
import type { AudioDefinition, TranscodeDefinition, VideoDefinition } from './definitions.ts';
import { MediaError, unfit } from './errors.ts';
import { audioFits, videoFits } from './fits.ts';
import { MAX_PIXELS } from './input.ts';
import type { AudioStream, MediaInfo, VideoStream } from './media-info.ts';
import { pictureSize } from './sizing.ts';

/** A stream taken over as it is. It costs nothing, but each container tags it in its own way, so each has its own. */
export interface CopyTrack {
  kind: 'copy';
  container: Container;
}

/** A video stream to be made; definitions that would get the same picture share it. */
export type VideoTrack =
  | CopyTrack
  | {
      kind: 'encode';
      width: number;
      height: number;
      /** frames per second, constant */
      fps: number;
      /** bit/s */
      bitrate: number;
      profile: 'baseline' | 'main' | 'high';
      gopFrames: number;
    };

export type VideoEncode = Extract<VideoTrack, { kind: 'encode' }>;

/** An audio stream to be made. */
export type AudioTrack = CopyTrack | ({ kind: 'encode' } & AudioDefinition);

export interface PlannedOutput {
  definition: number;
  container: Container;
  /** index into `TranscodePlan.video`, null for sound only */
  video: number | null;
  /** index into `TranscodePlan.audio`, null for a silent output */
  audio: number | null;
}

export interface SkippedDefinition {
  definition: number;
  reason: 'higher-bitrate' | 'no-video' | 'no-audio' | 'codec-not-in-container';
  /** A processing error code when the definition cannot be made; null when it was left out as asked. */
  code: number | null;
}

/** The least work that makes the wanted files of a source. */
export interface TranscodePlan {
  /** What is read of the source: the streams used, and how long it is for progress and time limits. */
  source: { video: VideoStream | null; audio: AudioStream | null; durationMs: number };
  /** Encoded pictures come largest first, so that each can be scaled from the one before it. */
  video: VideoTrack[];
  audio: AudioTrack[];
  outputs: PlannedOutput[];
  skipped: SkippedDefinition[];
  /** Every encode has key frames at the same times, and only there. */
  alignKeyFrames: boolean;
  masterPlaylist: boolean;
}

export interface PlanOptions {
  /** Leave out definitions whose video bitrate is above the source's (ProcessFile, `transcode.disableHigherBitrate`). */
  disableHigherBitrate?: boolean;
  /** Implied by `masterPlaylist`. */
  alignKeyFrames?: boolean;
  /** Make a master playlist over the HLS outputs, if there are any (`transcode.hlsMasterPlaylist`). */
  masterPlaylist?: boolean;
}

const SECONDS_MIN = 0.01;
const SECONDS_MAX = 604_800;

/**
 * Plans the least work that turns a source into the wanted files: the source is decoded once, each distinct picture is
 * encoded once, and what already fits is copied.
 *
 * @param definitions in any order; a repeated id counts once
 * @throws MediaError -47xxx when the source is unfit, or when none of the definitions can be made of it
 */
export function planTranscode(
  info: MediaInfo,
  definitions: TranscodeDefinition[],
  options: PlanOptions = {},
): TranscodePlan {
  refuseUnfitSource(info);
  const video = info.video[0] ?? null;
  const audio = info.audio[0] ?? null;
  const masterPlaylist = options.masterPlaylist ?? false;
  const alignKeyFrames = masterPlaylist || (options.alignKeyFrames ?? false);

  const skipped: SkippedDefinition[] = [];
  const wanted: { definition: TranscodeDefinition; video: VideoTrack | null; audio: AudioTrack | null }[] =
    [];
  for (const definition of uniqueById(definitions)) {
    const obstacle = obstacleTo(definition, video, audio, options.disableHigherBitrate ?? false);
    if (obstacle) {
      skipped.push({ definition: definition.id, ...obstacle });
      continue;
    }
    wanted.push({
      definition,
      video: planVideo(video, definition, alignKeyFrames),
      audio: planAudio(audio, definition),
    });
  }
  const impossible = skipped.find((s) => s.code !== null);
  if (wanted.length === 0 && impossible?.code) {
    throw new MediaError(impossible.code, `definition ${impossible.definition}: ${impossible.reason}`);
  }

  const videoTracks = distinct(wanted.flatMap((w) => w.video ?? [])).sort(largestFirst);
  const audioTracks = distinct(wanted.flatMap((w) => w.audio ?? []));
  const outputs = wanted.map((w) => ({
    definition: w.definition.id,
    container: w.definition.container,
    video: indexOf(videoTracks, w.video),
    audio: indexOf(audioTracks, w.audio),
  }));
  return {
    source: { video, audio, durationMs: info.durationMs },
    video: videoTracks,
    audio: audioTracks,
    outputs,
    skipped,
    alignKeyFrames,
    masterPlaylist: masterPlaylist && outputs.some((output) => output.container === 'hls'),
  };
}

/** The contract's list of unfit sources (codes -47xxx). */
function refuseUnfitSource(info: MediaInfo): void {
  const [video] = info.video;
  if (!video && info.audio.length === 0) {
    throw new MediaError(unfit.neitherAudioNorVideo, 'the file has neither audio nor video');
  }
  if (info.durationMs === 0) throw new MediaError(unfit.durationZero, 'the duration in the file is 0');
  const seconds = info.durationMs / 1000;
  if (seconds < SECONDS_MIN || seconds > SECONDS_MAX) {
    throw new MediaError(unfit.durationOutOfRange, `a duration of ${seconds} s is out of range`);
  }
  const tooLarge =
    video && Math.max(video.width * video.height, video.displayWidth * video.displayHeight) > MAX_PIXELS;
  if (tooLarge)
    throw new MediaError(unfit.badPictureSize, `${video.width} x ${video.height} px is too large`);
}

function obstacleTo(
  definition: TranscodeDefinition,
  video: VideoStream | null,
  audio: AudioStream | null,
  disableHigherBitrate: boolean,
): Omit<SkippedDefinition, 'definition'> | null {
  if (definition.copy) {
    const streams = [video, audio].filter((stream) => stream !== null);
    return containerHolds(definition.container, streams)
      ? null
      : { reason: 'codec-not-in-container', code: unfit.codecUnknown };
  }
  if (definition.video && !video) return { reason: 'no-video', code: unfit.noVideo };
  if (!definition.video && !audio) return { reason: 'no-audio', code: unfit.noAudio };
  if (disableHigherBitrate && definition.video && video && definition.video.bitrate > video.bitrate) {
    return { reason: 'higher-bitrate', code: null };
  }
  return null;
}

function planVideo(
  source: VideoStream | null,
  definition: TranscodeDefinition,
  alignKeyFrames: boolean,
): VideoTrack | null {
  if (!source) return null;
  if (definition.copy) return { kind: 'copy', container: definition.container };
  if (!definition.video) return null;
  // The key frames of a copy are where the source has them, never aligned with those of an encode.
  if (!alignKeyFrames && videoFits(source, definition.video, definition.container))
    return { kind: 'copy', container: definition.container };
  return encodeOf(source, definition.video);
}

function encodeOf(source: VideoStream, definition: VideoDefinition): VideoTrack {
  const { fps, bitrate, gopFrames } = definition;
  return {
    kind: 'encode',
    ...pictureSize(source, definition),
    fps,
    bitrate,
    profile: definition.profile ?? 'high',
    gopFrames,
  };
}

function planAudio(source: AudioStream | null, definition: TranscodeDefinition): AudioTrack | null {
  if (!source) return null;
  if (definition.copy) return { kind: 'copy', container: definition.container };
  if (!definition.audio) return null;
  if (audioFits(source, definition.audio)) return { kind: 'copy', container: definition.container };
  return { kind: 'encode', ...definition.audio };
}

function uniqueById(definitions: TranscodeDefinition[]): TranscodeDefinition[] {
  return [...new Map(definitions.map((definition) => [definition.id, definition])).values()];
}

function distinct<Track extends VideoTrack | AudioTrack>(tracks: Track[]): Track[] {
  return [...new Map(tracks.map((track) => [identity(track), track])).values()];
}

function indexOf(tracks: (VideoTrack | AudioTrack)[], track: VideoTrack | AudioTrack | null): number | null {
  return track && tracks.findIndex((other) => identity(other) === identity(track));
}

/** Two tracks are the same when all their parameters are. */
function identity(track: VideoTrack | AudioTrack): string {
  return JSON.stringify(Object.entries(track).sort(([a], [b]) => a.localeCompare(b)));
}

/** Encodes by falling size, then bitrate; copies after them. */
function largestFirst(a: VideoTrack, b: VideoTrack): number {
  if (a.kind === 'copy' || b.kind === 'copy') return Number(a.kind === 'copy') - Number(b.kind === 'copy');
  return b.width * b.height - a.width * a.height || b.bitrate - a.bitrate;
}
