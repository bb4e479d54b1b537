const HOUR = 3600_000;
const DAY = 24 * HOUR;

/**
 * Lengths of the spans that videos are counted by, ms, the longest first, each a multiple of the next: about a year, a
 * month, a day, an hour. Any stretch of time is some years, at most 22 months, 62 days, 46 hours and two broken hours.
 */
export const SPANS = [384 * DAY, 32 * DAY, DAY, HOUR] as const;

/** A half-open stretch of time, ms since the epoch. */
export interface Stretch {
  from: number;
  /** Not included. */
  until: number;
}

/** All time from 1970 on, as far as a Date goes, in whole spans. */
export const EVER: Stretch = { from: 0, until: 260_000 * SPANS[0] };

/** A stretch made of whole spans of one length, or (`span` null) a piece shorter than the shortest span. */
export interface Piece extends Stretch {
  span: number | null;
}

/** Cuts a stretch of time into at most nine pieces, in order, with spans as long as possible. */
export function cut(stretch: Stretch, spans: readonly number[] = SPANS): Piece[] {
  const { from, until } = stretch;
  if (from >= until) return [];
  const [span, ...shorter] = spans;
  if (span === undefined) return [{ from, until, span: null }];
  const first = Math.ceil(from / span) * span;
  const last = Math.floor(until / span) * span;
  if (first >= last) return cut(stretch, shorter);
  return [
    ...cut({ from, until: first }, shorter),
    { from: first, until: last, span },
    ...cut({ from: last, until }, shorter),
  ];
}
