import type { IncomingHttpHeaders } from 'node:http';

/** What tells two states of a resource apart. */
export interface Validators {
  /** A strong entity tag, with its quotes. */
  etag: string;
  /** ms since the epoch. */
  modifiedAt: number;
}

/** Whether a request goes on, and with which status it ends if not. Order and rules of RFC 9110, section 13.2.2. */
export function checkConditions(headers: IncomingHttpHeaders, current: Validators): 'go on' | 304 | 412 {
  const ifMatch = headers['if-match'];
  if (ifMatch !== undefined) {
    // 13.1.1: "An origin server MUST use the strong comparison function".
    if (!listsTag(ifMatch, current.etag, 'strong')) return 412;
  } else if (isBefore(headers['if-unmodified-since'], current.modifiedAt)) {
    return 412;
  }
  const ifNoneMatch = headers['if-none-match'];
  if (ifNoneMatch !== undefined) {
    // 13.1.2: "A recipient MUST use the weak comparison function".
    return listsTag(ifNoneMatch, current.etag, 'weak') ? 304 : 'go on';
  }
  // 13.1.3: "A recipient MUST ignore If-Modified-Since if the request contains an If-None-Match header field".
  const since = httpDate(headers['if-modified-since']);
  return since !== null && seconds(current.modifiedAt) <= seconds(since) ? 304 : 'go on';
}

/**
 * Whether a Range header counts (RFC 9110, 13.1.5). `now` in ms since the epoch: a modification date of less than a
 * second ago is a weak validator (8.8.2.2), because the resource may have changed twice in that second.
 */
export function rangeApplies(ifRange: string | undefined, current: Validators, now: number): boolean {
  if (ifRange === undefined) return true;
  const condition = ifRange.trim();
  // 13.1.5: "A client MUST NOT generate an If-Range header field containing an entity tag that is marked as weak."
  if (/^(W\/)?"/.test(condition)) return condition === current.etag;
  const date = httpDate(condition);
  if (date === null) return false;
  // 13.1.5: the date must match exactly, unlike that of If-Unmodified-Since.
  return seconds(date) === seconds(current.modifiedAt) && seconds(now) > seconds(current.modifiedAt);
}

function listsTag(list: string, etag: string, comparison: 'strong' | 'weak'): boolean {
  if (list.trim() === '*') return true;
  const tags = list.match(/(W\/)?"[^"]*"/g) ?? [];
  return tags.some((tag) => (comparison === 'weak' ? tag.replace(/^W\//, '') : tag) === etag);
}

function isBefore(header: string | undefined, modifiedAt: number): boolean {
  const date = httpDate(header);
  return date !== null && seconds(date) < seconds(modifiedAt);
}

/** 5.6.7: a date that cannot be read is as good as none. */
function httpDate(header: string | undefined): number | null {
  if (header === undefined) return null;
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : date;
}

/** HTTP dates know no fractions. */
function seconds(ms: number): number {
  return Math.floor(ms / 1000);
}
