import { writeFile } from 'node:fs/promises';
import { join as joinPath, resolve } from 'node:path';
import type { MediaSource } from '../cutting/clip.ts';
import type { EncodePreset } from '../encode-preset.ts';
import { MediaError } from '../errors.ts';
import { demuxers, MAX_PIXELS } from '../input.ts';
import { stallTimeoutMs, transcodeTimeoutMs } from '../limits.ts';
import { refuseUnfitSource, unfit } from '../obstacles.ts';
import { type CollectedOutput, type Container, packagingOf } from '../packaging/index.ts';
import { run } from '../process.ts';
import { progressReader } from '../progress.ts';
import { encodePiece } from './encode-piece.ts';
import { canBeJoined } from './joinable.ts';
import { streamFacts } from './stream-facts.ts';
import { type JoinTarget, joinTarget } from './target.ts';

export interface JoinOptions {
  signal?: AbortSignal | undefined;
  encodePreset: EncodePreset;
  /** What the whole is to be repackaged to later; MP4 is what is made here. */
  containers: readonly Container[];
  /** Called with a rising share of the work done, 0 to 1. */
  onProgress?: ((fraction: number) => void) | undefined;
}

export interface Joined extends Omit<CollectedOutput, 'variant'> {
  /** whether the streams were taken over as they are */
  wasCopied: boolean;
}

/** Where pieces have to be encoded, joining them is the rest of the work. */
const ENCODING_SHARE = 0.95;
const NAME = 'f0.mp4';
/** The whole may be shorter than its pieces by so much, as a share: times are rounded, sound overlaps at the seams. */
const SHORTEST_SHARE = 0.98;

/**
 * Joins sources one after the other into an MP4: by copying where all of them are alike, else encoded frame for frame to the size of the
 * first. A source without sound is silent.
 *
 * @param sources at least one, in their order
 * @param folder absolute; the whole is written there as `f0.mp4`, and pieces in between
 * @throws MediaError of the stage source when some sources have a picture and others none; of transcode, probe, check-output
 */
export async function join(
  sources: readonly MediaSource[],
  folder: string,
  options: JoinOptions,
): Promise<Joined> {
  const { signal, onProgress, containers } = options;
  for (const { info } of sources) refuseUnfitSource(info);
  const withPicture = sources.filter(({ info }) => info.video.length > 0).length;
  if (withPicture > 0 && withPicture < sources.length) {
    throw unfit('no-video', 'some of the files to be joined have no video');
  }
  const pieces = [];
  for (const { path, info } of sources) pieces.push({ info, facts: await streamFacts(path, signal) });
  if (canBeJoined(pieces, [...containers, 'mp4'])) {
    const made = await put(sources, null, folder, options, onProgress);
    return { ...made, wasCopied: true };
  }
  const target = joinTarget(sources.map(({ info }) => info));
  const encoded = await encodeAll(sources, target, folder, options);
  const made = await put(encoded, target, folder, options, (fraction) =>
    onProgress?.(ENCODING_SHARE + fraction * (1 - ENCODING_SHARE)),
  );
  return { ...made, wasCopied: false };
}

async function encodeAll(
  sources: readonly MediaSource[],
  target: JoinTarget,
  folder: string,
  { encodePreset, signal, onProgress }: JoinOptions,
): Promise<MediaSource[]> {
  const totalMs = sources.reduce((sum, { info }) => sum + info.durationMs, 0);
  const encoded: MediaSource[] = [];
  let doneMs = 0;
  for (const [i, source] of sources.entries()) {
    const { durationMs } = source.info;
    const path = joinPath(folder, `piece-${i}.mov`);
    await encodePiece(source, { startMs: 0, endMs: durationMs }, target, path, {
      ...{ encodePreset, sound: 'pcm', signal },
      onProgress: (fraction) => onProgress?.((ENCODING_SHARE * (doneMs + fraction * durationMs)) / totalMs),
    });
    doneMs += durationMs;
    encoded.push({ path, info: source.info });
  }
  return encoded;
}

/** Puts alike files one after the other. Only sound in between is still to be encoded (`target`). */
async function put(
  pieces: readonly MediaSource[],
  target: JoinTarget | null,
  folder: string,
  { signal, encodePreset }: JoinOptions,
  onProgress?: (fraction: number) => void,
): Promise<Omit<CollectedOutput, 'variant'>> {
  const list = joinPath(folder, 'pieces.txt');
  await writeFile(list, pieces.map(({ path }) => `file '${quoted(`file:${resolve(path)}`)}'\n`).join(''));
  const totalMs = pieces.reduce((sum, { info }) => sum + info.durationMs, 0);
  const [first] = pieces;
  const hasVideo = first!.info.video.length > 0;
  const hasAudio = target ? target.audio !== null : first!.info.audio.length > 0;
  const { log } = await run(
    'ffmpeg',
    [
      ...['-nostdin', '-y', '-v', 'error', '-progress', 'pipe:1', '-stats_period', '0.5'],
      // The list is ours; what it names was probed, and found to be none of these lists.
      ...['-protocol_whitelist', 'file', '-format_whitelist', `concat,${demuxers.join(',')}`],
      ...['-max_pixels', `${MAX_PIXELS}`, '-f', 'concat', '-safe', '0', '-i', `file:${resolve(list)}`],
      ...streamArguments(first!, target),
      ...['-map_metadata', '-1', '-map_chapters', '-1', '-max_muxing_queue_size', '4096'],
      ...['-f', 'mp4', '-movflags', '+faststart', `file:${joinPath(folder, NAME)}`],
    ],
    {
      stage: 'transcode',
      timeoutMs: transcodeTimeoutMs(totalMs, encodePreset),
      stallMs: stallTimeoutMs(totalMs),
      signal,
      onStdout: progressReader(totalMs, onProgress),
    },
  );
  const { variant, ...made } = await packagingOf('mp4').collect({
    ...{ folder, names: { main: NAME, segments: null }, hasVideo, hasAudio, rotation: 0, segmentBase: '' },
    ...(signal && { signal }),
  });
  if (made.info.durationMs < totalMs * SHORTEST_SHARE) {
    const seconds = (ms: number) => (ms / 1000).toFixed(1);
    const message = `only ${seconds(made.info.durationMs)} of ${seconds(totalMs)} s could be joined`;
    throw new MediaError({ stage: 'transcode', reason: 'damaged' }, message, { log });
  }
  return made;
}

function streamArguments({ info }: MediaSource, target: JoinTarget | null): string[] {
  const { codecs } = packagingOf('mp4');
  if (target) {
    // Pieces of ours: the picture first, then the sound.
    const audio = target.audio && ['-map', '0:a:0', '-c:a', 'aac', '-b:a', `${target.audio.bitrate}`];
    return [...(target.video ? ['-map', '0:v:0', '-c:v', 'copy'] : []), ...(audio ?? [])];
  }
  const copied = (['v', 'a'] as const).flatMap((kind) => {
    const stream = kind === 'v' ? info.video[0] : info.audio[0];
    const tag = stream && codecs[stream.codec];
    return stream ? ['-map', `0:${stream.index}`, ...(tag ? [`-tag:${kind}`, tag] : [])] : [];
  });
  return [...copied, '-c', 'copy'];
}

/** Between single quotes of a list of files. */
function quoted(path: string): string {
  return path.replaceAll("'", "'\\''");
}
