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

/** A picture that moves: the stretch of the video that it shows. */
export type AnimatedDetails = { startMs: number; endMs: number; fps: number };
