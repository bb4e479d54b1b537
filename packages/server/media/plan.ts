import type { UnfitReason } from './errors.ts';
import { audioFits, type FitOptions, videoFits } from './fits.ts';
import type { AudioStream, MediaInfo, VideoStream } from './media-info.ts';
import { obstacleTo, refuseUnfitSource, unfit } from './obstacles.ts';
import type { AudioSpec, OutputSpec } from './output-spec.ts';
import { type Container, packagingOf } from './packaging/index.ts';
import { type SettledVideo, settledAudio, settledVideo } from './settle.ts';
import { pictureSize } from './sizing.ts';
import type { Watermark } from './watermark.ts';

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
      codec: 'h264' | 'hevc';
      profile: 'baseline' | 'main' | 'high';
      /** of a sample */
      bitDepth: 8 | 10;
      gopFrames: number;
      /** See `SettledVideo`. */
      minGopFrames: number | null;
      deinterlace: 'asNeeded' | 'always' | 'never';
      denoise: boolean;
      twoPass: boolean;
      watermark?: Watermark;
    };

export type VideoEncode = Extract<VideoTrack, { kind: 'encode' }>;

/** An audio stream to be made. */
export type AudioTrack = CopyTrack | ({ kind: 'encode' } & Omit<AudioSpec, 'atMost'>);

export interface PlannedOutput {
  /** id of its OutputSpec */
  definition: number;
  container: Container;
  /** index into `TranscodePlan.video`, null for sound only */
  video: number | null;
  /** index into `TranscodePlan.audio`, null for a silent output */
  audio: number | null;
}

export interface SkippedDefinition {
  definition: number;
  /** 'higher-bitrate' was left out as asked; all others cannot be made of this source. */
  reason: UnfitReason | 'higher-bitrate';
  /** the same for people */
  message: string;
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
  /**
   * All encodes have their key frames at the same times, those of the shortest distance wanted. Otherwise each has them
   * at the multiples of its own distance: at the same times too, where the distances are the same.
   */
  alignKeyFrames: boolean;
  masterPlaylist: boolean;
}

export interface PlanOptions extends Partial<FitOptions> {
  /** Leave out definitions whose video bitrate is above the source's. */
  disableHigherBitrate?: boolean;
  /** See `TranscodePlan`. Copies of video are ruled out, save where only the container is to change. */
  alignKeyFrames?: boolean;
  /**
   * Make a master playlist over the HLS outputs, if there are any. It changes nothing
   * about what is made beside it.
   */
  masterPlaylist?: boolean;
}

/**
 * Plans the least work that turns a source into the wanted files: the source is decoded once, each distinct picture is
 * encoded once, and what already fits is copied.
 *
 * @param specs in any order; a repeated id counts once
 * @param options by default nothing is scaled up, and copied when it fits strictly
 * @throws MediaError of the stage source when the source is unfit, or when nothing of what is wanted can be made of it
 */
export function planTranscode(
  info: MediaInfo,
  specs: OutputSpec[],
  options: PlanOptions = {},
): TranscodePlan {
  refuseUnfitSource(info);
  const video = info.video[0] ?? null;
  const audio = info.audio[0] ?? null;
  const alignKeyFrames = options.alignKeyFrames ?? false;
  const fit = { copyWhenFits: options.copyWhenFits ?? 'strict', upscale: options.upscale ?? false };

  const skipped: SkippedDefinition[] = [];
  const wanted: { spec: OutputSpec; video: VideoTrack | null; audio: AudioTrack | null }[] = [];
  for (const spec of uniqueById(specs)) {
    const obstacle = obstacleTo(spec, video, audio);
    if (obstacle) skipped.push({ definition: spec.id, ...obstacle });
    else if (options.disableHigherBitrate && isHigher(spec, video)) {
      const message = "the bitrate wanted is above the source's";
      skipped.push({ definition: spec.id, reason: 'higher-bitrate', message });
    } else {
      wanted.push({
        spec,
        video: planVideo(video, spec, fit, alignKeyFrames),
        audio: planAudio(audio, spec, fit),
      });
    }
  }
  if (wanted.length === 0) {
    for (const { reason, message } of skipped) if (reason !== 'higher-bitrate') throw unfit(reason, message);
  }

  const videoTracks = distinct(wanted.flatMap((w) => w.video ?? [])).sort(largestFirst);
  const audioTracks = distinct(wanted.flatMap((w) => w.audio ?? []));
  const outputs = wanted.map((w) => ({
    definition: w.spec.id,
    container: w.spec.container,
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
    masterPlaylist:
      (options.masterPlaylist ?? false) &&
      outputs.some(({ container }) => packagingOf(container).hasMasterPlaylist),
  };
}

function isHigher({ copy, video: wanted }: OutputSpec, source: VideoStream | null): boolean {
  return !copy && wanted !== null && source !== null && settledVideo(wanted, source).bitrate > source.bitrate;
}

function planVideo(
  source: VideoStream | null,
  { copy, container, video: wanted, watermark }: OutputSpec,
  fit: FitOptions,
  alignKeyFrames: boolean,
): VideoTrack | null {
  if (!source) return null;
  if (copy) return { kind: 'copy', container };
  if (!wanted) return null;
  const settled = settledVideo(wanted, source);
  // The key frames of a copy are where the source has them, never aligned with those of an encode.
  const mayCopy = !alignKeyFrames && !watermark;
  const isCopied = mayCopy && videoFits(source, settled, packagingOf(container), fit);
  if (isCopied) return { kind: 'copy', container };
  return { ...encodeOf(source, settled, fit.upscale), ...(watermark && { watermark }) };
}

function encodeOf(source: VideoStream, wanted: SettledVideo, upscale: boolean): VideoEncode {
  const { codec, fps, bitrate, gopFrames, bitDepth = 8 } = wanted;
  return {
    kind: 'encode',
    ...pictureSize(source, wanted, upscale),
    fps,
    bitrate,
    codec,
    profile: wanted.profile ?? (codec === 'hevc' ? 'main' : 'high'),
    bitDepth,
    gopFrames,
    minGopFrames: wanted.minGopFrames ?? null,
    deinterlace: wanted.deinterlace === undefined ? 'asNeeded' : wanted.deinterlace ? 'always' : 'never',
    denoise: wanted.denoise ?? false,
    twoPass: wanted.twoPass ?? false,
  };
}

function planAudio(
  source: AudioStream | null,
  { copy, container, audio: wanted }: OutputSpec,
  { copyWhenFits }: FitOptions,
): AudioTrack | null {
  if (!source) return null;
  if (copy) return { kind: 'copy', container };
  if (!wanted) return null;
  const { atMost: _, ...settled } = settledAudio(wanted, source, container);
  return audioFits(source, settled, copyWhenFits)
    ? { kind: 'copy', container }
    : { kind: 'encode', ...settled };
}

function uniqueById(specs: OutputSpec[]): OutputSpec[] {
  return [...new Map(specs.map((spec) => [spec.id, spec])).values()];
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
