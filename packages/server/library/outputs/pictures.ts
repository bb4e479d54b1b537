import { outputName } from './names.ts';
import type { Output } from './types.ts';

/** What the outputs that are sets of pictures have as their details. Their names follow from kind, definition and number. */

/** Pictures at times; which of them could be taken. */
export type SnapshotsDetails = { pictures: { atMs: number; isTaken: boolean }[] };

/** Pictures from the beginning to the end. */
export type SampledSnapshotsDetails = {
  count: number;
  /** What was asked for: percent of the duration, or ms. */
  every: { percent: number } | { ms: number };
};

export type SpriteDetails = {
  sheets: number;
  /** Tiles of all sheets. */
  count: number;
  /** px. */
  tile: { width: number; height: number };
};

/** Names of the sheets of a sprite. */
export function spriteSheetNames(output: Output): string[] {
  const { sheets } = output.details as SpriteDetails;
  return pictureNames(output, sheets);
}

/** Names of the first pictures of a set. */
export function pictureNames({ kind, definition, container }: Output, count: number): string[] {
  return Array.from({ length: count }, (_, number) => outputName({ kind, definition, number }, container));
}

/** A picture that moves: the stretch of the video that it shows. */
export type AnimatedDetails = { startMs: number; endMs: number; fps: number };
