import type { PictureSize } from './sizing.ts';

/** px, or percent of the video's edge in that direction. */
export interface WatermarkLength {
  value: number;
  unit: 'px' | 'percent';
}

/** A picture that is laid over a video from its beginning to its end. */
export interface Watermark {
  picture: WatermarkPicture;
  /** The corner of the video that `x` and `y` count from, to the same corner of the picture. */
  origin: 'topLeft' | 'topRight' | 'bottomLeft' | 'bottomRight';
  /** percentages are of the video's width */
  x: WatermarkLength;
  /** of the video's height */
  y: WatermarkLength;
  /** of the video's width */
  width: WatermarkLength;
  /** of the video's height; null keeps the picture's own ratio */
  height: WatermarkLength | null;
}

/** A picture that may be laid over videos, as `readWatermark` found it. */
export interface WatermarkPicture {
  /** local file */
  path: string;
  /** `apng` moves, and begins anew when it is over. */
  format: 'png' | 'apng' | 'jpeg';
  /** px */
  width: number;
  height: number;
}

/** Where a watermark lies on a picture, px from its upper left corner. */
export interface WatermarkBox extends PictureSize {
  x: number;
  y: number;
}

/**
 * Where a watermark lies on a picture of a size. One that would be larger than the picture is made smaller in its own ratio, and
 * one that would reach beyond the edge is moved inwards (docs/wire/templates.md, "Watermarks"): whoever wants a mark wants it seen.
 */
export function watermarkBox(watermark: Watermark, video: PictureSize): WatermarkBox {
  const { picture, origin } = watermark;
  const wantedWidth = px(watermark.width, video.width);
  const wantedHeight = watermark.height
    ? px(watermark.height, video.height)
    : (wantedWidth * picture.height) / picture.width;
  const shrink = Math.min(1, video.width / wantedWidth, video.height / wantedHeight);
  const width = whole(wantedWidth * shrink, video.width);
  const height = whole(wantedHeight * shrink, video.height);
  const x = Math.min(Math.round(px(watermark.x, video.width)), video.width - width);
  const y = Math.min(Math.round(px(watermark.y, video.height)), video.height - height);
  const isRight = origin === 'topRight' || origin === 'bottomRight';
  const isLow = origin === 'bottomLeft' || origin === 'bottomRight';
  return {
    x: isRight ? video.width - width - x : x,
    y: isLow ? video.height - height - y : y,
    width,
    height,
  };
}

/**
 * Whether a picture that is scaled down from one with the watermark looks as if it had its own: all of the place is in percent, and
 * the two have the same shape. Then one overlay serves both.
 */
export function scalesWith(watermark: Watermark, from: PictureSize, to: PictureSize): boolean {
  const { x, y, width, height } = watermark;
  const isRelative = [x, y, width, height].every((length) => length === null || length.unit === 'percent');
  const shape = ({ width, height }: PictureSize) => width / height;
  return isRelative && Math.abs(shape(from) / shape(to) - 1) < 0.02;
}

function px({ value, unit }: WatermarkLength, edge: number): number {
  return unit === 'px' ? value : (value * edge) / 100;
}

/** At least 2 px: half as many samples of colour are left of it. */
function whole(length: number, edge: number): number {
  return Math.min(edge, Math.max(2, Math.round(length)));
}
