import { copyFile, readFile, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { canToneMap } from '../capabilities.ts';
import { MediaError } from '../errors.ts';
import { inputArguments } from '../input.ts';
import type { MediaInfo } from '../media-info.ts';
import { run } from '../process.ts';
import type { PictureSize } from '../sizing.ts';
import { takeSnapshot } from '../snapshot.ts';
import { pictureSizeOf } from './shape.ts';
import { picturesTimeoutMs } from './time-limit.ts';
import { encoderArguments, pictureFilters, type Writing } from './writing.ts';

/** Shares of the duration at which to look, the best first: beginnings and ends are titles and black. */
const LOOKED_AT = [0.1, 0.3, 0.5, 0.75, 0];

const JPEG: Writing = { format: 'jpg', width: null, height: null, fill: 'stretch' };

/**
 * Writes a picture of a video in its own size as a JPEG: the first key frame behind one of some places that is neither black nor
 * of one colour; else the liveliest of them.
 *
 * @returns the picture's size, px
 * @throws MediaError of the stage source without video, of the stage snapshot when there is no picture; what passes
 */
export async function takeBrightPicture(
  source: string,
  info: MediaInfo,
  outFile: string,
  { signal }: { signal?: AbortSignal } = {},
): Promise<PictureSize> {
  const [video] = info.video;
  if (!video) throw new MediaError({ stage: 'source', reason: 'no-video' });
  const [seen, best] = [`${outFile}.seen`, `${outFile}.best`];
  let liveliest = -1;
  try {
    for (const share of LOOKED_AT) {
      const found = await lookAt(source, info, (share * info.durationMs) / 1000, seen, signal);
      if (found === null || found.liveliness <= liveliest) continue;
      liveliest = found.liveliness;
      await copyFile(seen, best);
      if (found.isBright) break;
    }
    // Without a key frame that can be shown: whatever the beginning shows.
    if (liveliest < 0) return await takeSnapshot(source, 0, outFile, { info, signal });
    await copyFile(best, outFile);
    return pictureSizeOf(video, JPEG);
  } finally {
    await Promise.all([seen, best, `${seen}.grey`].map((file) => rm(file, { force: true })));
  }
}

/** Writes the first key frame at or after a time, and says what it is like; null when there is none. */
async function lookAt(
  source: string,
  info: MediaInfo,
  at: number,
  file: string,
  signal: AbortSignal | undefined,
): Promise<{ isBright: boolean; liveliness: number } | null> {
  const video = info.video[0]!;
  const filters = pictureFilters(video, JPEG, video.hdr && (await canToneMap()));
  const grey = `${file}.grey`;
  await rm(grey, { force: true });
  try {
    await run(
      'ffmpeg',
      [
        ...['-nostdin', '-y', '-v', 'error', '-threads', '1', '-discard', 'nokey', '-skip_frame', 'nokey'],
        ...(at > 0 ? ['-ss', at.toFixed(3)] : []),
        ...inputArguments(source),
        ...['-filter_complex', `[0:${video.index}]split[a][b];[a]${filters}[whole];[b]${GREY}[grey]`],
        ...['-map', '[whole]', '-frames:v', '1', ...encoderArguments(JPEG), '-f', 'image2pipe'],
        `file:${resolve(file)}`,
        ...['-map', '[grey]', '-frames:v', '1', '-c:v', 'rawvideo', '-f', 'rawvideo'],
        `file:${resolve(grey)}`,
      ],
      { stage: 'snapshot', timeoutMs: picturesTimeoutMs(info), ...(signal && { signal }) },
    );
  } catch (error) {
    if (error instanceof MediaError && !error.transient) return null;
    throw error;
  }
  const shades = await readFile(grey).catch(() => Buffer.alloc(0));
  return shades.length === 0 ? null : likenessOf(shades);
}

const GREY = 'scale=32:32,format=gray';

/**
 * What a picture is like by its shades, 0 to 255: bright when neither black nor of one colour; livelier the more the shades differ.
 * Measured on 32 × 32 px, where noise has averaged out.
 */
export function likenessOf(shades: Uint8Array): { isBright: boolean; liveliness: number } {
  const mean = shades.reduce((sum, shade) => sum + shade, 0) / shades.length;
  const variance = shades.reduce((sum, shade) => sum + (shade - mean) ** 2, 0) / shades.length;
  const liveliness = Math.sqrt(variance);
  return { isBright: mean >= 32 && liveliness >= 8, liveliness };
}
