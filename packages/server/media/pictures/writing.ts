import { TONE_MAP } from '../filters.ts';
import type { VideoStream } from '../media-info.ts';
import { type PictureShape, placingOf } from './shape.ts';

/** What a picture is written as; `raw` are the bare pixels, for who goes on with them. */
export type Writing = Omit<PictureShape, 'format'> & { format: PictureShape['format'] | 'raw' };

const ENCODERS: Record<Writing['format'], readonly string[]> = {
  jpg: ['-c:v', 'mjpeg', '-q:v', '3'],
  png: ['-c:v', 'png'],
  raw: ['-c:v', 'rawvideo'],
};

/** ffmpeg's pixel format where one can be seen through or not; 4 or 3 bytes a pixel, row by row. */
export function pixelsOf({ fill }: Pick<Writing, 'fill'>): 'rgba' | 'rgb24' {
  return fill === 'transparent' ? 'rgba' : 'rgb24';
}

/** The filters from a decoded frame to the picture, upright and with square pixels. */
export function pictureFilters(video: VideoStream, writing: Writing, canToneMap: boolean): string {
  const { whole, inner, left, top } = placingOf(video, writing);
  const isFilled = inner.width < whole.width || inner.height < whole.height;
  const pixels = pixelsOf(writing);
  const colour = writing.fill === 'transparent' ? 'black@0' : writing.fill;
  return [
    `scale=${inner.width}:${inner.height}`,
    ...(video.hdr && canToneMap ? [TONE_MAP] : []),
    // In RGB, because halved chroma knows no odd edges.
    ...(isFilled ? [`format=${pixels}`, `pad=${whole.width}:${whole.height}:${left}:${top}:${colour}`] : []),
    // JPEG has the full range of luma.
    ...(writing.format === 'jpg' ? ['scale=out_range=pc', 'format=yuvj420p'] : [`format=${pixels}`]),
    'setsar=1',
  ].join(',');
}

/** Arguments that say how pictures are encoded, without anything of the source's. */
export function encoderArguments({ format }: Pick<Writing, 'format'>): string[] {
  return ['-map_metadata', '-1', ...ENCODERS[format]];
}
