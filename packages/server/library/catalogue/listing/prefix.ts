const LAST_CODE_POINT = 0x10ffff;
const BEFORE_SURROGATES = 0xd7ff;
const AFTER_SURROGATES = 0xe000;

/** Texts with a prefix, as a range in the order of code points, which is that of UTF-8 bytes too. */
export interface PrefixRange {
  from: string;
  /** Not included; null when nothing can come behind. */
  below: string | null;
}

/** The range of all texts that begin with `prefix`. Well-formed text only: half a surrogate pair has no place in UTF-8. */
export function prefixRange(prefix: string): PrefixRange {
  const points = [...prefix].map((character) => character.codePointAt(0)!);
  while (points.at(-1) === LAST_CODE_POINT) points.pop();
  const last = points.pop();
  if (last === undefined) return { from: prefix, below: null };
  const next = last === BEFORE_SURROGATES ? AFTER_SURROGATES : last + 1;
  return { from: prefix, below: String.fromCodePoint(...points, next) };
}
