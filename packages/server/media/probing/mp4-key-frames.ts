import type { Edit } from './mp4-edits.ts';
import type { Samples } from './mp4-samples.ts';

/**
 * The longest distance between key frames of a whole track, ms; the one from the last key frame to the last picture
 * counts too. Undefined where the tables leave a doubt: pictures of uneven duration, edits that cut pictures away.
 *
 * @param timescale ticks a second of the track
 * @param movieTimescale ticks a second of its edits
 */
export function longestKeyDistance(
  samples: Samples,
  edits: Edit[],
  timescale: number,
  movieTimescale: number,
): number | undefined {
  if (samples.delta === null) return undefined;
  const times = presentationTimes(samples, samples.delta);
  if (!times || !showsAll(times, edits, timescale / movieTimescale)) return undefined;
  const { keys } = samples;
  // Numbers from 1, in order.
  let nextKey = 0;
  let last = times[0]!;
  let longest = 0;
  for (let i = 0; i < times.length; i += 1) {
    longest = Math.max(longest, times[i]! - last);
    const isKey = keys === null || (nextKey < keys.length && keys.readUInt32BE(nextKey) === i + 1);
    if (!isKey) continue;
    last = times[i]!;
    nextKey += 4;
  }
  // A number that was never met: out of order, or beyond the end.
  if (keys && nextKey < keys.length) return undefined;
  return Math.round((longest * 1000) / timescale);
}

/** Ticks at which each sample is shown, in the order of decoding. */
function presentationTimes({ count, delays }: Samples, delta: number): Float64Array | undefined {
  const times = Float64Array.from({ length: count }, (_, i) => i * delta);
  if (!delays) return times;
  let sample = 0;
  for (let at = 0; at < delays.length; at += 8) {
    const end = sample + delays.readUInt32BE(at);
    if (end > count) return undefined;
    for (; sample < end; sample += 1) times[sample]! += delays.readInt32BE(at + 4);
  }
  return sample === count ? times : undefined;
}

/** Whether the edits, if any, present the track once, from its first picture to its last. */
function showsAll(times: Float64Array, edits: Edit[], ticksPerMovieTick: number): boolean {
  const pieces = edits.filter((edit) => edit.from >= 0);
  if (edits.length === 0) return true;
  const [piece] = pieces;
  if (pieces.length !== 1 || !piece || edits.at(-1) !== piece) return false;
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const time of times) {
    first = Math.min(first, time);
    last = Math.max(last, time);
  }
  return piece.from <= first && piece.from + piece.duration * ticksPerMovieTick > last;
}
