/** Lengths of time that are counted together, ms. Days begin at 00:00 UTC+8, as all days of this API. */
export const SLOT = 5 * 60_000;
export const HOUR = 3600_000;
export const DAY = 24 * HOUR;

const OFFSET_MS = 8 * HOUR;

/** When the span of this length begins that `ms` lies in. Both in ms since the epoch. */
export function startOf(span: number, ms: number): number {
  return Math.floor((ms + OFFSET_MS) / span) * span - OFFSET_MS;
}

/** `YYYY-MM-DD` of a time. */
export function dayText(ms: number): string {
  return new Date(ms + OFFSET_MS).toISOString().slice(0, 10);
}

/** How long figures are kept, and files, ms. */
export const KEPT = {
  traffic: 92 * DAY,
  regions: 62 * DAY,
  plays: 92 * DAY,
  files: 30 * DAY,
  transcodes: 366 * DAY,
} as const;

/** A span of time: from `from`, before `until`, ms since the epoch. */
export interface Period {
  from: number;
  until: number;
}
