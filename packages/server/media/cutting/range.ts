/** A stretch of a film, ms from its beginning; the end is the first moment that does not belong to it. */
export interface TimeRange {
  startMs: number;
  endMs: number;
}

/** What was asked for: ms from the beginning, or, below 0, from the end; a null end is the end of the film. */
export interface AskedRange {
  startMs: number;
  endMs: number | null;
}

/**
 * Which stretch of a film was meant. What lies outside of the film is left out: the rest is what is there.
 *
 * @param durationMs of the film
 * @returns null when nothing is left
 */
export function rangeWithin({ startMs, endMs }: AskedRange, durationMs: number): TimeRange | null {
  const fromBeginning = (ms: number) => Math.min(durationMs, Math.max(0, ms < 0 ? durationMs + ms : ms));
  const range = { startMs: fromBeginning(startMs), endMs: fromBeginning(endMs ?? durationMs) };
  return range.endMs > range.startMs ? range : null;
}

/**
 * ffmpeg's options for an input, or an output, of which only this stretch is read: 0.1 ms earlier, since times of frames are rounded. A
 * beginning is not sought, which not every file can.
 */
export function rangeArguments({ startMs, endMs }: TimeRange): string[] {
  const from = Math.max(0, startMs - 0.1);
  return [...(from > 0 ? ['-ss', seconds(from)] : []), '-t', seconds(endMs - from - 0.1)];
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(6);
}
