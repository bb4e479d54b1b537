import { clipMaker } from './clip.ts';
import { concatMaker } from './concat.ts';
import type { Maker } from './maker.ts';
import { piecesMaker } from './pieces.ts';

const MAKERS: Readonly<Record<string, Maker>> = {
  clip: clipMaker,
  concat: concatMaker,
  pieces: piecesMaker,
};

/** Who makes the video that a type of job is about; null for jobs that work on one. */
export function makerOf(type: string): Maker | null {
  return MAKERS[type] ?? null;
}
