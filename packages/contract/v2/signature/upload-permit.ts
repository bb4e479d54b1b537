import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Pair } from '../notation.ts';

/**
 * The old upload signature (docs/wire/client-uploads.md, Generation 1): what an application lets a device upload, and until when.
 * Base64 of 20 bytes HMAC-SHA1 and the signed text itself, a query string. Pure.
 */
export interface UploadPermit {
  secretId: string;
  /** ms since the epoch. */
  issuedAt: number;
  expiresAt: number;
  /** What it says of the file, under the names that parameters of calls have. */
  parameters: Pair[];
  /** What is signed, as it came. */
  text: Buffer;
  hash: Buffer;
}

/** Names of the text, and of the parameters that they stand for. */
const PARAMETERS: Record<string, string> = {
  ...{ fs: 'fileSha', f: 'fileName', ft: 'fileType', cid: 'classId' },
  ...{ tc: 'isTranscode', ss: 'isScreenshot', wm: 'isWatermark' },
};
const HASH_BYTES = 20;
/** From here on a time is in ms: a documented sample writes those. */
const SMALLEST_MS = 1e12;

/**
 * Reads an upload signature; nothing of it is believed yet. Line feeds of old encoders are passed over; a blank is a `+` that its
 * sender forgot to encode, unless it makes sense without.
 * @returns null for what is none
 */
export function readPermit(signature: string): UploadPermit | null {
  const joined = signature.replace(/[\r\n\t]/g, '');
  return read(joined.replaceAll(' ', '+')) ?? read(joined.replaceAll(' ', ''));
}

/** Whether it was signed with this key. Takes the same time wherever they differ. */
export function verifyPermit({ text, hash }: UploadPermit, secretKey: string): boolean {
  return timingSafeEqual(createHmac('sha1', secretKey).update(text).digest(), hash);
}

/** Signs a text, as an application's server does: `s=…&f=…&fs=…&ft=…&t=…&e=…&r=…`. */
export function signPermit(text: string, secretKey: string): string {
  const hash = createHmac('sha1', secretKey).update(text).digest();
  return Buffer.concat([hash, Buffer.from(text)]).toString('base64');
}

function read(base64: string): UploadPermit | null {
  const bytes = Buffer.from(base64, 'base64');
  const text = bytes.subarray(HASH_BYTES);
  const fields = new URLSearchParams(text.toString('utf8'));
  const issuedAt = timeOf(fields.get('t'));
  const expiresAt = timeOf(fields.get('e'));
  const secretId = fields.get('s');
  if (!secretId || issuedAt === null || expiresAt === null) return null;
  const parameters = [...fields].flatMap(([name, value]): Pair[] => {
    if (Object.hasOwn(PARAMETERS, name)) return [[PARAMETERS[name]!, value]];
    return /^tag\.\d{1,3}$/.test(name) ? [[name.replace('tag', 'tags'), value]] : [];
  });
  return { secretId, issuedAt, expiresAt, parameters, text, hash: bytes.subarray(0, HASH_BYTES) };
}

function timeOf(text: string | null): number | null {
  if (text === null || !/^\d{1,13}$/.test(text)) return null;
  const time = Number(text);
  return time >= SMALLEST_MS ? time : time * 1000;
}

/** The longest that one may be valid, ms. */
export const LONGEST_PERMIT_MS = 7_776_000_000;

/** With which an application's server checks a `fileId` that a device reports. @param expires Unix seconds */
export function verifyContent(key: string, fileId: string, expires: number): string {
  const text = `ExpTime=${expires}&FileId=${fileId}`;
  return Buffer.concat([createHmac('sha1', key).update(text).digest(), Buffer.from(text)]).toString('base64');
}
