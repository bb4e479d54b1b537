import { resolve } from 'node:path';
import { canToneMap } from '../capabilities.ts';
import { MediaError } from '../errors.ts';
import { TONE_MAP } from '../filters.ts';
import { inputArguments } from '../input.ts';
import type { MediaInfo } from '../media-info.ts';
import { run } from '../process.ts';
import { progressReader } from '../progress.ts';
import type { PictureSize } from '../sizing.ts';
import { noPictureAt } from '../snapshot.ts';
import { seekArguments } from './seek.ts';
import { pictureSizeOf } from './shape.ts';
import { picturesTimeoutMs } from './time-limit.ts';

export interface AnimatedSpec {
  format: 'gif' | 'webp';
  /** px; null follows from the other edge, both null keep the size of the source, which is never enlarged */
  width: number | null;
  height: number | null;
  /** frames per second */
  fps: number;
}

export interface AnimatedOptions {
  signal?: AbortSignal;
  /** `fraction` is 0 to 1 */
  onProgress?(fraction: number): void;
}

/** GIF has 256 colours, so they are chosen for the picture; both repeat for ever. */
const FORMATS = {
  gif: {
    filters: 'split[a][b];[a]palettegen=stats_mode=diff[p];[b][p]paletteuse=dither=bayer:bayer_scale=4',
    encoder: ['-c:v', 'gif', '-loop', '0', '-f', 'gif'],
  },
  webp: {
    filters: 'format=yuv420p',
    encoder: ['-c:v', 'libwebp_anim', '-quality', '70', '-loop', '0', '-f', 'webp'],
  },
} as const satisfies Record<AnimatedSpec['format'], { filters: string; encoder: readonly string[] }>;

/**
 * Writes a stretch of a video as a picture that moves, without sound.
 *
 * @param stretch ms; an end beyond that of the video is its end
 * @returns the picture's size, px
 * @throws MediaError of the stage source without video; of the stage snapshot, `seek-beyond-end` when the video ends before the
 *   stretch begins
 */
export async function animate(
  source: string,
  info: MediaInfo,
  spec: AnimatedSpec,
  stretch: { startMs: number; endMs: number },
  outFile: string,
  { signal, onProgress }: AnimatedOptions = {},
): Promise<PictureSize> {
  const [video] = info.video;
  if (!video) throw new MediaError({ stage: 'source', reason: 'no-video' });
  const lengthMs = Math.min(stretch.endMs, info.durationMs) - stretch.startMs;
  if (lengthMs <= 0) throw noPictureAt(stretch.startMs, info);
  const size = animatedSize(video, spec);
  const seek = seekArguments(info, stretch.startMs / 1000);
  const { filters, encoder } = FORMATS[spec.format];
  const chain = [
    `fps=${spec.fps}`,
    `scale=${size.width}:${size.height}`,
    ...(video.hdr && (await canToneMap()) ? [TONE_MAP] : []),
    ...['setsar=1', filters],
  ];
  await run(
    'ffmpeg',
    [
      ...['-nostdin', '-y', '-v', 'error', '-progress', 'pipe:1'],
      ...[...seek.input, ...inputArguments(source)],
      ...['-filter_complex', `[0:${video.index}]${chain.join(',')}`],
      ...[
        ...seek.output,
        '-t',
        String(lengthMs / 1000),
        '-map_metadata',
        '-1',
        ...encoder,
        `file:${resolve(outFile)}`,
      ],
    ],
    {
      ...{ stage: 'snapshot', timeoutMs: picturesTimeoutMs(info), signal },
      onStdout: progressReader(lengthMs, onProgress),
    },
  );
  return size;
}

/** As a picture's, but no larger than the source. */
function animatedSize(
  source: { displayWidth: number; displayHeight: number },
  { width, height }: Pick<AnimatedSpec, 'width' | 'height'>,
): PictureSize {
  const size = pictureSizeOf(source, { width, height });
  const shrink = Math.min(1, source.displayWidth / size.width, source.displayHeight / size.height);
  const edge = (length: number) => Math.max(1, Math.round(length * shrink));
  return { width: edge(size.width), height: edge(size.height) };
}
