import { parseDateTime } from '@openvod/contract/v2';

/** `yyyy-MM-dd` as the beginning of the day in UTC+8, ms since the epoch; null for what is no day. */
export function dayOf(text: string): number | null {
  return isDay(text) ? (parseDateTime(text) ?? null) : null;
}

/** Whether a text has a date and no time of day. */
export function isDay(text: string): boolean {
  return /^\s*\d{4}-\d{1,2}-\d{1,2}\s*$/.test(text);
}
