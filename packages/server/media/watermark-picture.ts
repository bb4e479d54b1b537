import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';
import { run } from './process.ts';
import type { WatermarkPicture } from './watermark.ts';

/** Longest edge of a picture that is laid over videos, px: that of the largest video. */
const MAX_EDGE = 8192;
const HEAD_BYTES = 64 * 1024;
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const JPEG = Buffer.from([0xff, 0xd8, 0xff]);

/** What reads each format. Named, so that ffmpeg does not guess: a "picture" may be a playlist that names other files. */
const demuxers = { png: 'png_pipe', apng: 'apng', jpeg: 'jpeg_pipe' } as const;

const found = z.object({
  streams: z
    .array(z.object({ width: z.int().min(1).max(MAX_EDGE), height: z.int().min(1).max(MAX_EDGE) }))
    .min(1),
});

/**
 * Reads a picture that is to be laid over videos: a PNG, an APNG or a JPEG of at most 8192 px each way. What its name says does
 * not count.
 *
 * @returns null when it is none of these, or too large
 * @throws MediaError of the stage probe when it cannot be read to its end; the signal's reason when aborted
 */
export async function readWatermark(
  path: string,
  { signal }: { signal?: AbortSignal } = {},
): Promise<WatermarkPicture | null> {
  const format = formatOf(await headOf(path));
  if (format === null) return null;
  const args = [
    ...['-v', 'error', ...openingArguments({ path, format })],
    ...['-show_entries', 'stream=width,height', '-of', 'json'],
  ];
  const { stdout } = await run('ffprobe', args, { stage: 'probe', timeoutMs: 30_000, signal });
  const read = found.safeParse(JSON.parse(stdout));
  if (!read.success) return null;
  const { width, height } = read.data.streams[0]!;
  return { path, format, width, height };
}

/** Arguments that open a watermark's picture, for ffmpeg and ffprobe alike. One that moves never ends. */
export function openingArguments({ path, format }: Pick<WatermarkPicture, 'path' | 'format'>): string[] {
  return [
    ...['-protocol_whitelist', 'file', '-f', demuxers[format]],
    ...['-max_pixels', String(MAX_EDGE * MAX_EDGE)],
    ...(format === 'apng' ? ['-ignore_loop', '0'] : []),
    ...['-i', `file:${resolve(path)}`],
  ];
}

/** By its first bytes. An APNG says before its first picture that there are several. */
function formatOf(head: Buffer): WatermarkPicture['format'] | null {
  if (head.subarray(0, JPEG.length).equals(JPEG)) return 'jpeg';
  if (!head.subarray(0, PNG.length).equals(PNG)) return null;
  const picture = head.indexOf('IDAT');
  const moves = head.subarray(0, picture < 0 ? head.length : picture).includes('acTL');
  return moves ? 'apng' : 'png';
}

async function headOf(path: string): Promise<Buffer> {
  await using file = await open(path);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
  return buffer.subarray(0, bytesRead);
}
