const HOUR = 3600_000;
const DAY = 24 * HOUR;

/**
 * Lengths of the spans that videos are counted by, ms, each a multiple of the one before. With months of 32 days,
 * ten years are 115 spans, and any stretch of time is at most 115 months, 62 days, 46 hours and two broken hours.
 */
export const SPANS = [HOUR, DAY, 32 * DAY] as const;

/** A half-open stretch of time, ms since the epoch. */
export interface Stretch {
  from: number;
  /** Not included. */
  until: number;
}

/** A stretch of time in whole spans of one length, and what is left over at its ends. */
export interface Cover {
  spans: (Stretch & { span: number })[];
  /** At most two, each shorter than the shortest span. */
  edges: Stretch[];
}

/** Covers a stretch of time with as few and as long spans as possible. */
export function cover(stretch: Stretch): Cover {
  return coverWith(SPANS.length - 1, stretch);
}

function coverWith(level: number, { from, until }: Stretch): Cover {
  if (from >= until) return { spans: [], edges: [] };
  const span = SPANS[level];
  if (span === undefined) return { spans: [], edges: [{ from, until }] };
  const first = Math.ceil(from / span) * span;
  const last = Math.floor(until / span) * span;
  if (first >= last) return coverWith(level - 1, { from, until });
  const before = coverWith(level - 1, { from, until: first });
  const after = coverWith(level - 1, { from: last, until });
  return {
    spans: [...before.spans, { span, from: first, until: last }, ...after.spans],
    edges: [...before.edges, ...after.edges],
  };
}
