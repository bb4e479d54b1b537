import { join } from 'node:path';
import type { EncodePreset } from '../encode-preset.ts';
import { MediaError } from '../errors.ts';
import { encodePiece } from '../joining/encode-piece.ts';
import { joinTarget } from '../joining/target.ts';
import { stallTimeoutMs, transcodeTimeoutMs } from '../limits.ts';
import type { MediaInfo } from '../media-info.ts';
import { obstacleTo, refuseUnfitSource, unfit } from '../obstacles.ts';
import { type CollectedOutput, packagingOf } from '../packaging/index.ts';
import { run } from '../process.ts';
import { progressReader } from '../progress.ts';
import { cleanBeginning, endsCleanly } from './clean-cut.ts';
import { copyArguments } from './copy-clip.ts';
import { packetsAround } from './packets.ts';
import { type AskedRange, rangeWithin, type TimeRange } from './range.ts';

export interface ClipOptions {
  signal?: AbortSignal | undefined;
  encodePreset: EncodePreset;
  /** Called with a rising share of the work done, below 1. */
  onProgress?: ((fraction: number) => void) | undefined;
}

export interface Clip extends Omit<CollectedOutput, 'variant'> {
  /** whether the streams were taken over as they are */
  wasCopied: boolean;
}

/** A local file and what it is. */
export interface MediaSource {
  path: string;
  info: MediaInfo;
}

/** Time to find the packets around a cut, ms. */
const LOOKING_MS = 10 * 60_000;
/** What lasts longer or shorter than this is not what was asked for, ms: some frames, and a packet of sound. */
const TOLERANCE_MS = 150;

/**
 * Cuts a stretch out of a source, exactly to the frame, into an MP4: by copying where both cuts fall where a copy can be cut, else encoded
 * anew at the size and about the bitrate of the source.
 *
 * @param folder absolute; the clip is written there as `f0.mp4`
 * @throws MediaError of the stage source when nothing lies between the two times, of transcode, of check-output
 */
export async function clip(
  source: MediaSource,
  asked: AskedRange,
  folder: string,
  options: ClipOptions,
): Promise<Clip> {
  refuseUnfitSource(source.info);
  const { durationMs } = source.info;
  const range = rangeWithin(asked, durationMs);
  if (!range) {
    throw unfit('range-empty', `nothing lies between the two times; the video lasts ${durationMs / 1000} s`);
  }
  const clean = await cleanRange(source, range, options.signal);
  if (clean) {
    const copied = await copy(source, clean, folder, options);
    if (isAsLong(copied.info, range)) return { ...copied, wasCopied: true };
  }
  return { ...(await encode(source, range, folder, options)), wasCopied: false };
}

async function encode(source: MediaSource, range: TimeRange, folder: string, options: ClipOptions) {
  const attempt = async (fromBeginning: boolean) => {
    const target = joinTarget([source.info]);
    const how = { ...options, fromBeginning, sound: 'aac' } as const;
    await encodePiece(source, range, target, join(folder, 'f0.mp4'), how);
    return collect(source, folder, options.signal);
  };
  if (range.startMs === 0) return attempt(true);
  const made = await attempt(false).catch((error) => {
    // Nothing was found where the file said that it would be.
    if (error instanceof MediaError && error.stage === 'check-output') return null;
    throw error;
  });
  return made && isAsLong(made.info, range) ? made : attempt(true);
}

function isAsLong({ durationMs }: MediaInfo, { startMs, endMs }: TimeRange): boolean {
  return Math.abs(durationMs - (endMs - startMs)) <= TOLERANCE_MS;
}

/** The stretch as it can be copied; null when it cannot. */
async function cleanRange(
  { path, info }: MediaSource,
  { startMs, endMs }: TimeRange,
  signal?: AbortSignal,
): Promise<TimeRange | null> {
  const [video = null] = info.video;
  const [audio = null] = info.audio;
  const asIs = { id: 0, container: 'mp4', copy: true, video: null, audio: null } as const;
  if (obstacleTo(asIs, video, audio) !== null) return null;
  if (!video) return { startMs, endMs };
  const around = (atMs: number) => packetsAround(path, video.index, atMs, { signal, timeoutMs: LOOKING_MS });
  const begins = startMs === 0 ? 0 : cleanBeginning((await around(startMs)) ?? [], startMs);
  if (begins === null) return null;
  const ends = endMs >= info.durationMs || endsCleanly((await around(endMs)) ?? [], endMs);
  return ends ? { startMs: begins, endMs } : null;
}

async function copy(
  source: MediaSource,
  range: TimeRange,
  folder: string,
  { signal, encodePreset, onProgress }: ClipOptions,
): Promise<Omit<CollectedOutput, 'variant'>> {
  const { path, info } = source;
  const durationMs = range.endMs - range.startMs;
  const streams = { video: info.video[0] ?? null, audio: info.audio[0] ?? null };
  await run('ffmpeg', copyArguments(path, streams, range, join(folder, 'f0.mp4')), {
    stage: 'transcode',
    timeoutMs: transcodeTimeoutMs(durationMs, encodePreset),
    stallMs: stallTimeoutMs(info.durationMs),
    signal,
    onStdout: progressReader(durationMs, onProgress),
  });
  return collect(source, folder, signal);
}

async function collect({ info }: MediaSource, folder: string, signal?: AbortSignal) {
  const { variant, ...made } = await packagingOf('mp4').collect({
    folder,
    names: { main: 'f0.mp4', segments: null },
    hasVideo: info.video.length > 0,
    hasAudio: info.audio.length > 0,
    rotation: 0,
    segmentBase: '',
    ...(signal && { signal }),
  });
  return made;
}
