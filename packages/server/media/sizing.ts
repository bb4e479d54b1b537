import type { VideoStream } from './media-info.ts';
import type { VideoSpec } from './output-spec.ts';

export interface PictureSize {
  /** px, even */
  width: number;
  /** px, even */
  height: number;
}

/**
 * The size of the picture that a definition makes of a source (docs/wire/templates.md, Size).
 *
 * Self-adapting: the longer edge gets the definition's width, the shorter follows from the display aspect ratio (after
 * rotation, with square pixels), both even; the definition's height is nominal. 'source' keeps the source's size.
 * Otherwise width and height are taken literally, enlarging if need be.
 *
 * @param upscale whether a self-adapting definition enlarges a smaller source. The original service did; left alone, a
 *   source keeps its size, since enlarging costs bits and shows nothing more.
 */
export function pictureSize(
  source: Pick<VideoStream, 'displayWidth' | 'displayHeight'>,
  spec: Pick<VideoSpec, 'width' | 'height' | 'selfAdapting'>,
  upscale: boolean,
): PictureSize {
  const { displayWidth, displayHeight } = source;
  if (!spec.selfAdapting && spec.width !== 'source' && typeof spec.height === 'number') {
    return { width: even(spec.width), height: even(spec.height) };
  }
  const sourceLong = Math.max(displayWidth, displayHeight);
  const sourceShort = Math.min(displayWidth, displayHeight);
  const long = longEdge(sourceLong, spec.width, upscale);
  const follows = even((long * sourceShort) / sourceLong);
  const short = long > sourceLong ? follows : Math.min(follows, evenBelow(sourceShort));
  return displayWidth >= displayHeight ? { width: long, height: short } : { width: short, height: long };
}

function longEdge(source: number, wanted: number | 'source', upscale: boolean): number {
  if (wanted === 'source') return evenBelow(source);
  return evenBelow(upscale ? wanted : Math.min(wanted, source));
}

/** The nearest even number, at least 2: 4:2:0 pictures have no odd edges. */
function even(length: number): number {
  return Math.max(2, Math.round(length / 2) * 2);
}

function evenBelow(length: number): number {
  return Math.max(2, Math.floor(length / 2) * 2);
}
