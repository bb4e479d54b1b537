import type { VideoDefinition } from './definitions.ts';
import type { VideoStream } from './media-info.ts';

export interface PictureSize {
  /** px, even */
  width: number;
  /** px, even */
  height: number;
}

/**
 * The size of the picture that a definition makes of a source (specs/transcode-definitions.yaml, `sizing`).
 *
 * Self-adapting: the longer edge gets the definition's width, the shorter follows from the display aspect ratio (after
 * rotation, with square pixels), both even; the definition's height is nominal. The contract leaves open what
 * happens to a source smaller than that: it keeps its size, since enlarging costs bits and shows nothing more.
 * 'source' keeps the source's size. Otherwise width and height are taken literally, enlarging if need be.
 */
export function pictureSize(
  source: Pick<VideoStream, 'displayWidth' | 'displayHeight'>,
  definition: Pick<VideoDefinition, 'width' | 'height' | 'selfAdapting'>,
): PictureSize {
  const { displayWidth, displayHeight } = source;
  if (!definition.selfAdapting && definition.width !== 'source' && typeof definition.height === 'number') {
    return { width: even(definition.width), height: even(definition.height) };
  }
  const sourceLong = Math.max(displayWidth, displayHeight);
  const sourceShort = Math.min(displayWidth, displayHeight);
  const wanted = definition.width === 'source' ? sourceLong : definition.width;
  const long = evenBelow(Math.min(wanted, sourceLong));
  const short = Math.min(even((long * sourceShort) / sourceLong), evenBelow(sourceShort));
  return displayWidth >= displayHeight ? { width: long, height: short } : { width: short, height: long };
}

/** The nearest even number, at least 2: 4:2:0 pictures have no odd edges. */
function even(length: number): number {
  return Math.max(2, Math.round(length / 2) * 2);
}

function evenBelow(length: number): number {
  return Math.max(2, Math.floor(length / 2) * 2);
}
