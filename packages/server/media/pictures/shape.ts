import type { MediaInfo, VideoStream } from '../media-info.ts';
import type { PictureSize } from '../sizing.ts';

/** How a picture gets into edges of another aspect ratio (docs/wire/templates.md, Snapshots). */
export type Fill = 'stretch' | 'black' | 'white' | 'transparent';

/** What a picture taken from a video is to be like. */
export interface PictureShape {
  format: 'jpg' | 'png';
  /** px; null follows from the other edge, both null keep the size of the source */
  width: number | null;
  height: number | null;
  /** `transparent` only in PNG */
  fill: Fill;
}

/** Where the source's picture lies in the one that is made, px. */
export interface Placing {
  whole: PictureSize;
  inner: PictureSize;
  left: number;
  top: number;
}

type Displayed = Pick<VideoStream, 'displayWidth' | 'displayHeight'>;

/** The picture's size, px, from the display aspect ratio of the source; odd edges are fine, and none is below 1. */
export function pictureSizeOf(
  { displayWidth, displayHeight }: Displayed,
  wanted: Pick<PictureShape, 'width' | 'height'>,
): PictureSize {
  const follow = (edge: number, from: number, to: number) => Math.max(1, Math.round((edge * to) / from));
  const width =
    wanted.width ?? (wanted.height ? follow(wanted.height, displayHeight, displayWidth) : displayWidth);
  return { width, height: wanted.height ?? follow(width, displayWidth, displayHeight) };
}

/** Stretched, the source fills the whole; otherwise it keeps its aspect ratio and lies in the middle. */
export function placingOf(source: Displayed, shape: Omit<PictureShape, 'format'>): Placing {
  const whole = pictureSizeOf(source, shape);
  if (shape.fill === 'stretch' || shape.width === null || shape.height === null)
    return { whole, inner: whole, left: 0, top: 0 };
  const scale = Math.min(whole.width / source.displayWidth, whole.height / source.displayHeight);
  const edge = (length: number, most: number) => Math.max(1, Math.min(most, Math.round(length * scale)));
  const inner = {
    width: edge(source.displayWidth, whole.width),
    height: edge(source.displayHeight, whole.height),
  };
  const middle = (outer: number, length: number) => Math.floor((outer - length) / 2);
  return {
    ...{ whole, inner },
    left: middle(whole.width, inner.width),
    top: middle(whole.height, inner.height),
  };
}

/** Any time at which the video still shows its last picture gives that one: ms. */
export function lastPictureMs({ durationMs, video }: MediaInfo): number {
  return Math.max(0, durationMs - 2000 / (video[0]?.fps || 25));
}
