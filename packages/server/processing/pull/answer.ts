import type { IncomingHttpHeaders } from 'node:http';

/** What we have of a file already. */
export interface Known {
  /** Bytes from its beginning. */
  offset: number;
  /** What tells whether the file is still the same (`If-Range`); null when nothing does, and then it cannot be gone on with. */
  validator: string | null;
}

/** What an answer means for the file that is being fetched. */
export type Meaning =
  /** The body is the file from its beginning. `total` bytes by what the other side says, which nothing relies on. */
  | { kind: 'whole'; total: number | null; validator: string | null }
  /** The body is what is missing. */
  | { kind: 'rest'; total: number | null }
  /** Nothing is missing. */
  | { kind: 'end' }
  /** What we have is of another file than the one that lies there now. */
  | { kind: 'anew' }
  /** Another try may meet something else. */
  | { kind: 'later'; message: string }
  | { kind: 'never'; message: string };

/** Statuses of a server that may answer otherwise in a moment. */
const PASSING = new Set([408, 425, 429]);

/** The headers that ask for what is missing; none for a whole file. */
export function rangeHeaders({ offset, validator }: Known): Record<string, string> {
  if (offset === 0 || validator === null) return {};
  return { range: `bytes=${offset}-`, 'if-range': validator };
}

/** Reads what came back for `known`, asked with its `rangeHeaders`. */
export function meaningOf(status: number, headers: IncomingHttpHeaders, known: Known): Meaning {
  const encoding = headers['content-encoding'] ?? 'identity';
  if ((status === 200 || status === 206) && encoding.toLowerCase() !== 'identity') {
    return { kind: 'never', message: 'its address answers with an encoded body that nobody asked for' };
  }
  if (status === 200) return { kind: 'whole', total: lengthOf(headers), validator: validatorOf(headers) };
  const isPart = known.offset > 0 && known.validator !== null;
  if (status === 206 && isPart) return restOf(headers, known);
  // There is nothing behind what we have: we have all of it, or the file has become shorter.
  if (status === 416 && isPart) {
    return { kind: headers['content-range'] === `bytes */${known.offset}` ? 'end' : 'anew' };
  }
  const message = `its address answers ${status}`;
  return { kind: status >= 500 || PASSING.has(status) ? 'later' : 'never', message };
}

/** Some servers know ranges, and not `If-Range`: whether the file is the same, its validator says once more. */
function restOf(headers: IncomingHttpHeaders, { offset, validator }: Known): Meaning {
  const range = /^bytes (\d{1,15})-\d{1,15}\/(\d{1,15}|\*)$/.exec(headers['content-range'] ?? '');
  if (range === null || Number(range[1]) !== offset) return { kind: 'anew' };
  const current = validatorOf(headers);
  if (current !== null && current !== validator) return { kind: 'anew' };
  return { kind: 'rest', total: range[2] === '*' ? null : Number(range[2]) };
}

/** Only what is the same byte for byte may be gone on with: a strong ETag, else a time. */
function validatorOf({ etag, 'last-modified': modified }: IncomingHttpHeaders): string | null {
  if (etag?.startsWith('"')) return etag;
  return modified ?? null;
}

function lengthOf({ 'content-length': length }: IncomingHttpHeaders): number | null {
  return length !== undefined && /^\d{1,15}$/.test(length) ? Number(length) : null;
}
