import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { canToneMap } from './capabilities.ts';
import { MediaError } from './errors.ts';
import { TONE_MAP } from './filters.ts';
import { inputArguments } from './input.ts';
import type { MediaInfo, VideoStream } from './media-info.ts';
import { probe } from './probe.ts';
import { run } from './process.ts';
import type { PictureSize } from './sizing.ts';

export interface SnapshotOptions {
  /** px; with only one edge given the other follows from the display aspect ratio, with none the source's size is kept */
  width?: number;
  height?: number;
  /** of the source, when the caller has it already; probed otherwise */
  info?: MediaInfo;
  signal?: AbortSignal;
  /** ms, default 60,000 */
  timeoutMs?: number;
}

/**
 * Writes the frame shown at a time as a JPEG, upright and with square pixels.
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
  const size = snapshotSize(video, options);
  const filters = [
    `scale=${size.width}:${size.height}`,
    ...(video.hdr && (await canToneMap()) ? [TONE_MAP] : []),
    // JPEG has the full range of luma.
    'scale=out_range=pc,format=yuvj420p,setsar=1',
  ];
  const output = [
    '-map',
    `0:${video.index}`,
    '-frames:v',
    '1',
    '-vf',
    filters.join(','),
    '-map_metadata',
    '-1',
  ].concat(['-c:v', 'mjpeg', '-q:v', '3', '-f', 'mjpeg', `file:${resolve(outFile)}`]);
  const seek = ['-ss', String(atMs / 1000)];
  const attempt = async (args: string[]) => {
    await run('ffmpeg', ['-nostdin', '-y', '-v', 'error', ...args, ...output], {
      stage: 'snapshot',
      timeoutMs,
      signal,
    });
    return ((await stat(outFile).catch(() => null))?.size ?? 0) > 0;
  };
  const input = inputArguments(source);
  if (atMs < info.durationMs) {
    if (await attempt(atMs > 0 ? [...seek, ...input] : input)) return size;
    // Some files have no index to seek by, or a wrong one: decode from the beginning.
    if (atMs > 0 && (await attempt([...input, ...seek]))) return size;
  }
  const message = `there is no picture at ${atMs / 1000} s; the video lasts ${info.durationMs / 1000} s`;
  throw new MediaError({ stage: 'snapshot', reason: 'seek-beyond-end' }, message);
}

/** The picture's size, px; JPEG takes odd edges. */
export function snapshotSize(
  video: Pick<VideoStream, 'displayWidth' | 'displayHeight'>,
  wanted: { width?: number; height?: number },
): PictureSize {
  const { displayWidth, displayHeight } = video;
  const follow = (edge: number, from: number, to: number) => Math.max(1, Math.round((edge * to) / from));
  const width =
    wanted.width ?? (wanted.height ? follow(wanted.height, displayHeight, displayWidth) : displayWidth);
  return { width, height: wanted.height ?? follow(width, displayWidth, displayHeight) };
}
