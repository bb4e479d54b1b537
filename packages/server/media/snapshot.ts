import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { canToneMap } from './capabilities.ts';
import { MediaError } from './errors.ts';
import { inputArguments } from './input.ts';
import type { MediaInfo } from './media-info.ts';
import { seekArguments } from './pictures/seek.ts';
import { lastPictureMs, type PictureShape, pictureSizeOf } from './pictures/shape.ts';
import { encoderArguments, pictureFilters, type Writing } from './pictures/writing.ts';
import { probe } from './probe.ts';
import { run } from './process.ts';
import type { PictureSize } from './sizing.ts';

export interface SnapshotOptions {
  /** what is left out is as in the source: a JPEG of its size */
  shape?: Partial<Omit<PictureShape, 'format'> & Pick<Writing, 'format'>>;
  /** of the source, when the caller has it already; probed otherwise */
  info?: MediaInfo;
  signal?: AbortSignal;
  /** ms, default 60,000 */
  timeoutMs?: number;
}

/**
 * Writes the frame shown at a time as a picture, upright and with square pixels.
 *
 * @param atMs position in the video, ms
 * @returns the picture's size, px
 * @throws MediaError of the stages snapshot (`seek-beyond-end` when the video ends before) and probe; of the stage source
 *   without video
 */
export async function takeSnapshot(
  source: string,
  atMs: number,
  outFile: string,
  options: SnapshotOptions = {},
): Promise<PictureSize> {
  const { signal, timeoutMs = 60_000 } = options;
  const info = options.info ?? (await probe(source, { signal, timeoutMs }));
  const [video] = info.video;
  if (!video) throw new MediaError({ stage: 'source', reason: 'no-video' });
  const shape: Writing = { format: 'jpg', width: null, height: null, fill: 'stretch', ...options.shape };
  const output = [
    ...['-map', `0:${video.index}`, '-frames:v', '1'],
    ...['-vf', pictureFilters(video, shape, video.hdr && (await canToneMap()))],
    ...[...encoderArguments(shape), '-f', 'image2pipe', `file:${resolve(outFile)}`],
  ];
  const at = Math.min(atMs, lastPictureMs(info)) / 1000;
  const seek = seekArguments(info, at);
  const attempt = async (args: string[]) => {
    await run('ffmpeg', ['-nostdin', '-y', '-v', 'error', ...args, ...output], {
      stage: 'snapshot',
      timeoutMs,
      signal,
    });
    return ((await stat(outFile).catch(() => null))?.size ?? 0) > 0;
  };
  const input = inputArguments(source);
  const size = pictureSizeOf(video, shape);
  if (atMs < info.durationMs) {
    if (await attempt([...seek.input, ...input, ...seek.output])) return size;
    // Some files have no index to seek by, or a wrong one: decode from the beginning.
    if (atMs > 0 && (await attempt([...input, '-ss', String(at)]))) return size;
  }
  throw noPictureAt(atMs, info);
}

/** For a time that the video does not last until. */
export function noPictureAt(atMs: number, { durationMs }: MediaInfo): MediaError {
  const message = `there is no picture at ${atMs / 1000} s; the video lasts ${durationMs / 1000} s`;
  return new MediaError({ stage: 'snapshot', reason: 'seek-beyond-end' }, message);
}
