import type { ByteRange } from './ranges.ts';

/** What a play address means. */
export interface Target {
  key: string;
  /** The bytes of the object that make up the resource; null: all. */
  slice: ByteRange | null;
}

/** `/vod<appId>/<videoId>/…`, of plain segments (see storage/keys.ts). */
const KEY = /^\/(vod\d{1,20}(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}){2,8})$/;

/**
 * Reads the path and query of a play address; null when there can be no such object.
 * An HLS segment is a slice of its rendition's one file: `f0.f210.ts?start=<first>&end=<last>&type=mpegts`
 * (contract/specs/output-naming.yaml). Other parameters, such as signatures, do not choose bytes.
 */
export function parseTarget(url: string): Target | null {
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const key = KEY.exec(path.includes('%') ? decode(path) : path)?.[1];
  if (key === undefined) return null;
  if (mark < 0 || !key.endsWith('.ts')) return { key, slice: null };
  const query = new URLSearchParams(url.slice(mark + 1));
  const start = query.get('start');
  const end = query.get('end');
  if (start === null && end === null) return { key, slice: null };
  const slice = { start: position(start), end: position(end) };
  return slice.start <= slice.end ? { key, slice } : null;
}

/** NaN, which is in no order with anything, when it is no number of bytes. */
function position(text: string | null): number {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return '';
  }
}
