import type { VideoStream } from './media-info.ts';
import type { VideoSpec } from './output-spec.ts';

export interface PictureSize {
  /** px, even */
  width: number;
  /** px, even */
  height: number;
}

/** px: an edge that follows from the other one gets no longer, however narrow the source is. */
const LONGEST_EDGE = 4096;

type Source = Pick<VideoStream, 'displayWidth' | 'displayHeight'>;
type Wanted = Pick<VideoSpec, 'width' | 'height' | 'selfAdapting' | 'bothEdges' | 'atMost'>;

/**
 * The size of the picture that a definition makes of a source (docs/wire/templates.md, Size).
 *
 * Self-adapting: the longer edge gets the definition's width, the shorter follows from the display aspect ratio (after
 * rotation, with square pixels), both even; the definition's height is nominal, unless it is to bound the shorter edge
 * (`bothEdges`) or is all that is given. 'source' keeps the source's size.
 * Otherwise width and height are taken literally, enlarging if need be; one that is missing follows from the other.
 *
 * @param upscale whether a self-adapting definition enlarges a smaller source. The original service did; left alone, a
 *   source keeps its size, since enlarging costs bits and shows nothing more.
 */
export function pictureSize(source: Source, spec: Wanted, upscale: boolean): PictureSize {
  const isSized = spec.width !== 'source' && spec.height !== 'source';
  return !spec.selfAdapting && isSized ? literalSize(source, spec) : adaptedSize(source, spec, upscale);
}

function literalSize(
  { displayWidth, displayHeight }: Source,
  { width, height, atMost }: Wanted,
): PictureSize {
  const wide = bounded(width, atMost?.width, displayWidth);
  const high = bounded(height, atMost?.height, displayHeight);
  if (wide !== null && high !== null) return { width: even(wide), height: even(high) };
  const scale = wide !== null ? wide / displayWidth : high !== null ? high / displayHeight : 1;
  const most = Math.min(scale, LONGEST_EDGE / Math.max(displayWidth, displayHeight));
  return { width: even(displayWidth * most), height: even(displayHeight * most) };
}

function bounded(wanted: Wanted['width'], isBound: boolean | undefined, source: number): number | null {
  if (typeof wanted !== 'number') return null;
  return isBound ? Math.min(wanted, source) : wanted;
}

function adaptedSize({ displayWidth, displayHeight }: Source, spec: Wanted, upscale: boolean): PictureSize {
  const sourceLong = Math.max(displayWidth, displayHeight);
  const sourceShort = Math.min(displayWidth, displayHeight);
  const long = longEdge(sourceLong, sourceShort, spec, upscale);
  const follows = even((long * sourceShort) / sourceLong);
  const short = long > sourceLong ? follows : Math.min(follows, evenBelow(sourceShort));
  return displayWidth >= displayHeight ? { width: long, height: short } : { width: short, height: long };
}

function longEdge(long: number, short: number, { width, height, ...spec }: Wanted, upscale: boolean): number {
  const { bothEdges, atMost } = spec;
  const candidates: number[] = [];
  if (typeof width === 'number') {
    candidates.push(evenBelow(upscale && !atMost?.width ? width : Math.min(width, long)));
  }
  if (typeof height === 'number' && (width === null || bothEdges)) {
    const wanted = evenBelow(upscale && !atMost?.height ? height : Math.min(height, short));
    candidates.push(Math.min(even((wanted * long) / short), LONGEST_EDGE));
  }
  return candidates.length === 0 ? evenBelow(long) : Math.min(...candidates);
}

/** The nearest even number, at least 2: 4:2:0 pictures have no odd edges. */
function even(length: number): number {
  return Math.max(2, Math.round(length / 2) * 2);
}

function evenBelow(length: number): number {
  return Math.max(2, Math.floor(length / 2) * 2);
}
