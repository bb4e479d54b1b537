import { isRunName } from '../common/object-keys.ts';
import type { ObjectInfo } from '../storage/index.ts';
import type { Validators } from './conditions.ts';
import { contentTypeOf } from './content-types.ts';
import type { Target } from './target.ts';

/** A resource as it is now. */
export interface Representation extends Validators {
  key: string;
  /** The tag of the object itself. */
  objectEtag: string;
  /** Where it begins in the object, or goes on behind `head`, and how long it is: bytes. */
  offset: number;
  size: number;
  /** All of it as latin1, when nothing of it comes from the object. */
  text: string | null;
  /** What stands before the bytes of the object. */
  head: Buffer | null;
  contentType: string;
  /** Names these bytes among all others, for caches. */
  id: string;
  /** The run that made them; null for what is made only once. */
  run: string | null;
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

/** What is under an address that names a run, or is made only once, never changes. */
const LASTING = 'public, max-age=2592000, immutable';
/** What is under a stable address may be made anew: it is good for a minute, and then asked for again by its tag. */
const REVALIDATED = 'public, max-age=60, must-revalidate';

/** An object that a target means. */
export interface Located {
  key: string;
  /** The run in whose folder it lies, null for none. */
  run: string | null;
  /** Whether the target can never mean another one. */
  lasting: boolean;
}

/** Null when the object has not all of the bytes that the address names. */
export function representationOf(
  { slice }: Pick<Target, 'slice'>,
  { key, run, lasting }: Located,
  info: ObjectInfo,
): Representation | null {
  if (slice && slice.end >= info.size) return null;
  const offset = slice ? slice.start : 0;
  const size = slice ? slice.end - slice.start + 1 : info.size;
  const etag = etagOf(run, info.etag, slice);
  const contentType = contentTypeOf(key);
  const headers = [
    'Content-Type',
    contentType,
    'ETag',
    etag,
    'Last-Modified',
    new Date(info.modifiedAt).toUTCString(),
    'Cache-Control',
    lasting ? LASTING : REVALIDATED,
    'Accept-Ranges',
    'bytes',
    'X-Content-Type-Options',
    'nosniff',
    ...CORS_HEADERS,
  ];
  return {
    key,
    objectEtag: info.etag,
    run,
    offset,
    size,
    text: null,
    head: null,
    etag,
    modifiedAt: info.modifiedAt,
    contentType,
    id: `${key} ${etag}`,
    headers,
    wholeHeaders: [...headers, 'Content-Length', String(size)],
  };
}

/** The same, that no cache may give to somebody else: who may have it is decided each time. */
export function privately(found: Representation): Representation {
  return withHeaders(found, found.etag);
}

/** A text in the place of the object, made of it and of what `mark` says, for one who asked. */
export function withText(found: Representation, text: string, mark: string): Representation {
  return withHeaders({ ...found, offset: 0, size: text.length, text }, taggedWith(found.etag, mark));
}

/** Bytes before those of the object that begin at `offset`: together a resource of `size`, made of the object and of what `mark` says. */
export function withHead(
  found: Representation,
  { head, offset, size }: Pick<Representation, 'head' | 'offset' | 'size'>,
  mark: string,
): Representation {
  return withHeaders({ ...found, head, offset, size }, taggedWith(found.etag, mark));
}

function withHeaders(found: Representation, etag: string): Representation {
  const headers = found.headers.slice();
  headers[headers.indexOf('ETag') + 1] = etag;
  const caching = headers.indexOf('Cache-Control') + 1;
  headers[caching] = headers[caching]!.replace('public', 'private');
  const wholeHeaders = [...headers, 'Content-Length', String(found.size)];
  return { ...found, etag, id: `${found.key} ${etag}`, headers, wholeHeaders };
}

function taggedWith(etag: string, mark: string): string {
  return `${etag.slice(0, -1)}-${mark}"`;
}

/** The tag begins with the run, so that who holds one can go on with what that run made (see `runOfTag`). */
function etagOf(run: string | null, etag: string, slice: Target['slice']): string {
  const part = slice ? `-${slice.start}-${slice.end}` : '';
  return run === null ? `"${etag}${part}"` : `"${run}.${etag}${part}"`;
}

/** The run in a tag of ours; null for any other text. */
export function runOfTag(tag: string | undefined): string | null {
  const run = /^"([^".]+)\./.exec(tag?.trim() ?? '')?.[1];
  return run !== undefined && isRunName(run) ? run : null;
}
