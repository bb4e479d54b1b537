import { boxesIn, full, one } from './mp4-boxes.ts';
import { sure } from './unsure.ts';

/** A piece of the media that is presented, in the order of presentation. */
export interface Edit {
  /** in ticks of the movie */
  duration: number;
  /** in ticks of the track; -1 for a pause */
  from: number;
}

/**
 * @param edts the box around the list, if there is one
 * @param ticks the length of the track
 * @throws Unsure when it plays faster or slower, or shows nothing of the track
 */
export function readEdits(edts: Buffer | undefined, ticks: number): Edit[] {
  if (!edts) return [];

  const { version, cursor } = full(one(boxesIn(edts), 'elst'));
  sure(version <= 1, 'an unknown version of elst');
  const count = cursor.uint(4);
  sure(count * (version === 1 ? 20 : 12) <= cursor.left, 'a table beyond its end');
  const edits = Array.from({ length: count }, () => {
    const duration = version === 1 ? cursor.uint64() : cursor.uint(4);
    const from = version === 1 ? cursor.int64() : cursor.int32();
    sure(cursor.uint(4) === 65_536, 'another speed');
    sure(duration > 0 && from >= -1 && from < ticks, 'an edit that shows nothing');
    return { duration, from };
  });
  sure(
    edits.some((edit) => edit.from >= 0),
    'edits that show nothing',
  );
  return edits;
}
