/** Bytes of a representation, both ends included. */
export interface ByteRange {
  start: number;
  end: number;
}

export type RangeAnswer =
  | { kind: 'whole' }
  | { kind: 'unsatisfiable' }
  | { kind: 'ranges'; ranges: ByteRange[] };

const WHOLE: RangeAnswer = { kind: 'whole' };
const MAX_RANGES = 16;

/**
 * What a `Range` header of a GET asks of a representation of `size` bytes (RFC 9110, section 14). Ranges come in the
 * order asked for, cut to the representation.
 */
export function parseRange(header: string, size: number): RangeAnswer {
  // 14.2: "A server MUST ignore a Range header field received with … a range unit it does not understand." (abridged)
  const set = /^bytes=(.*)$/i.exec(header)?.[1];
  if (set === undefined) return WHOLE;
  // 14.2: "A server MAY ignore the Range header field." No Content-Range could name bytes of an empty representation.
  if (size === 0) return WHOLE;

  const ranges: ByteRange[] = [];
  let specs = 0;
  for (const element of set.split(',')) {
    // 5.6.1.2: "A recipient MUST parse and ignore a reasonable number of empty list elements".
    const spec = element.trim();
    if (spec === '') continue;
    specs += 1;
    const range = parseSpec(spec, size);
    // 14.2: a server "MAY ignore or reject" a header with an invalid ranges-specifier.
    if (range === 'invalid') return WHOLE;
    if (range !== null) ranges.push(range);
  }
  if (specs === 0) return WHOLE;
  // 14.1.2: "If a valid byte-range-set … includes at least one satisfiable range, it is satisfiable." (abridged)
  if (ranges.length === 0) return { kind: 'unsatisfiable' };
  // 14.2: a server may ignore "many small ranges" and ranges that overlap: they cost more than the whole.
  const total = ranges.reduce((sum, { start, end }) => sum + end - start + 1, 0);
  if (ranges.length > MAX_RANGES || (ranges.length > 1 && total > size)) return WHOLE;
  return { kind: 'ranges', ranges };
}

/** Null when it is well-formed but has none of our bytes. */
function parseSpec(spec: string, size: number): ByteRange | null | 'invalid' {
  const match = /^(\d*)-(\d*)$/.exec(spec);
  if (!match) return 'invalid';
  const [, first, last] = match;
  if (first === '') {
    if (last === '') return 'invalid';
    const length = Number(last);
    // 14.1.2: a suffix-range is satisfiable "if the suffix-length is non-zero".
    if (length === 0) return null;
    // 14.1.2: "If the selected representation is shorter than the specified suffix-length, the entire representation is used."
    return { start: Math.max(0, size - length), end: size - 1 };
  }
  const start = Number(first);
  const end = last === '' ? Number.POSITIVE_INFINITY : Number(last);
  // 14.1.1: "An int-range is invalid if the last-pos value is present and less than first-pos" (abridged)
  if (end < start) return 'invalid';
  if (start >= size) return null;
  // 14.1.2: a last-pos at or behind the end means the last byte.
  return { start, end: Math.min(end, size - 1) };
}
