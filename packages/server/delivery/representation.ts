import type { ObjectInfo } from '../storage/index.ts';
import type { Validators } from './conditions.ts';
import { contentTypeOf } from './content-types.ts';
import type { Target } from './target.ts';

/** A resource as it is now. */
export interface Representation extends Validators {
  key: string;
  /** Where it begins in the object, and how long it is: bytes. */
  offset: number;
  size: number;
  contentType: string;
  /** Names these bytes among all others, for caches. */
  id: string;
  /** Headers of every answer with it, as a flat list of names and values; the length is not among them. */
  headers: readonly string[];
  /** `headers` with the length of the whole. */
  wholeHeaders: readonly string[];
}

/** Browser players read these from other origins (Fetch standard, CORS protocol). */
export const CORS_HEADERS: readonly string[] = [
  'Access-Control-Allow-Origin',
  '*',
  'Access-Control-Expose-Headers',
  'Content-Length, Content-Range, ETag, Last-Modified, Accept-Ranges, Date',
];

/**
 * A file may be made again under its name (another transcode), so a copy is good for long but not for ever; a playlist,
 * which names the files, for a minute.
 */
const FILE_CACHE_CONTROL = 'public, max-age=2592000';
const PLAYLIST_CACHE_CONTROL = 'public, max-age=60';

/** Null when the object has not all of the bytes that the address names. */
export function representationOf(target: Target, info: ObjectInfo): Representation | null {
  const { key, slice } = target;
  if (slice && slice.end >= info.size) return null;
  const offset = slice ? slice.start : 0;
  const size = slice ? slice.end - slice.start + 1 : info.size;
  const etag = slice ? `"${info.etag}-${slice.start}-${slice.end}"` : `"${info.etag}"`;
  const contentType = contentTypeOf(key);
  const headers = [
    'Content-Type',
    contentType,
    'ETag',
    etag,
    'Last-Modified',
    new Date(info.modifiedAt).toUTCString(),
    'Cache-Control',
    key.endsWith('.m3u8') ? PLAYLIST_CACHE_CONTROL : FILE_CACHE_CONTROL,
    'Accept-Ranges',
    'bytes',
    'X-Content-Type-Options',
    'nosniff',
    ...CORS_HEADERS,
  ];
  return {
    key,
    offset,
    size,
    etag,
    modifiedAt: info.modifiedAt,
    contentType,
    id: `${key} ${etag}`,
    headers,
    wholeHeaders: [...headers, 'Content-Length', String(size)],
  };
}
