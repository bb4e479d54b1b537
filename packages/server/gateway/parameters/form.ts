import { MAX_PARAMETERS, type Pair } from '@openvod/contract/v2';

/** Parameters of a query string or of a form body. */
export interface Form {
  pairs: Pair[];
  /** The first parameter whose text cannot be decoded, as it was sent; it is not among `pairs`. */
  broken: string | null;
}

const PLAIN = /^[^%+\0\x80-\uffff]*$/;

/**
 * Reads `name=value&…` (application/x-www-form-urlencoded), where `+` and `%20` are spaces and the text is UTF-8.
 * `text` holds a byte a character (latin1), as request lines and unencoded bodies arrive.
 * Written by hand because URLSearchParams is slower and turns broken text into U+FFFD without a word.
 * Stops one after `MAX_PARAMETERS`, which is enough to see that there are too many.
 */
export function parseForm(text: string): Form {
  const form: Form = { pairs: [], broken: null };
  let start = 0;
  while (start < text.length && form.pairs.length <= MAX_PARAMETERS) {
    let end = text.indexOf('&', start);
    if (end === -1) end = text.length;
    if (end > start) addPair(form, text.slice(start, end));
    start = end + 1;
  }
  return form;
}

function addPair(form: Form, piece: string): void {
  const equals = piece.indexOf('=');
  const rawName = equals === -1 ? piece : piece.slice(0, equals);
  const name = decode(rawName);
  const value = equals === -1 ? '' : decode(piece.slice(equals + 1));
  if (name === null || value === null) {
    form.broken ??= name ?? rawName;
  } else if (name !== '') {
    form.pairs.push([name, value]);
  }
}

/** Null when the text is not UTF-8, has a broken percent-escape, or holds a NUL, which no database column takes. */
function decode(text: string): string | null {
  if (PLAIN.test(text)) return text;
  try {
    const escaped = text.replaceAll('+', ' ').replace(/[\x80-\xff]/g, escapeByte);
    const decoded = decodeURIComponent(escaped);
    return decoded.includes('\0') ? null : decoded;
  } catch {
    return null;
  }
}

function escapeByte(byte: string): string {
  return `%${byte.charCodeAt(0).toString(16)}`;
}
