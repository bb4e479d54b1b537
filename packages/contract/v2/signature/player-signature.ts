import { createHmac, timingSafeEqual } from 'node:crypto';

/** Longer than any that one has reason to make. */
const MAX_LENGTH = 8192;

/** Signs what a player may ask (docs/wire/delivery.md, Player signature): a JSON Web Token with HS256. */
export function signPlayerClaims(key: string, claims: object): string {
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${signed}.${hmac(key, signed).toString('base64url')}`;
}

/** What a player signature says, whatever its time; null when the key has signed no such thing. */
export function readPlayerSignature(key: string, signature: string): unknown {
  if (signature.length > MAX_LENGTH) return null;
  const [head = '', payload = '', mac = '', ...more] = signature.split('.');
  const expected = hmac(key, `${head}.${payload}`);
  const given = Buffer.from(mac, 'base64url');
  if (more.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  // What a token says of its algorithm is the word of who made it: there is only one.
  return (decode(head) as { alg?: unknown } | null)?.alg === 'HS256' ? decode(payload) : null;
}

export interface PlayerTerms {
  /** The play key of the application, else the key of Key protection. */
  key: string;
  appId: string;
  fileId: string;
  /** Until when players may ask with it. */
  expiresAt: Date;
  /** Until when the addresses play that players get; when it is left out, as long. */
  playUntil?: Date;
  /** Only the beginning plays: so many seconds, from 30 on. */
  previewSeconds?: number;
  /** From how many addresses of clients it plays, 1 to 9; any number when it is left out. */
  viewers?: number;
  /** Makes the addresses unlike all others: letters, digits and `_.~-`. */
  unique?: string;
}

/**
 * Signs what a player asks with (`psign`): for the player page, `/play/<fileId>?psign=…`, and for players that ask `getplayinfo`.
 *
 * @throws RangeError when the terms cannot be
 */
export function playerSignature(terms: PlayerTerms): string {
  const { key, appId, fileId, expiresAt, playUntil = expiresAt, previewSeconds, viewers, unique } = terms;
  if (!(expiresAt.getTime() > 0 && playUntil.getTime() > 0)) throw new RangeError('an end before 1970');
  if (previewSeconds !== undefined && !(Number.isInteger(previewSeconds) && previewSeconds >= 30)) {
    throw new RangeError('previewSeconds must be a whole number from 30 on');
  }
  if (viewers !== undefined && !(Number.isInteger(viewers) && viewers >= 1 && viewers <= 9)) {
    throw new RangeError('viewers must be a whole number from 1 to 9');
  }
  if (unique !== undefined && !/^[\w.~-]{1,256}$/.test(unique))
    throw new RangeError('unique has other characters');
  return signPlayerClaims(key, {
    appId: Number.isSafeInteger(Number(appId)) ? Number(appId) : appId,
    fileId,
    currentTimeStamp: secondsOf(new Date()),
    expireTimeStamp: secondsOf(expiresAt),
    urlAccessInfo: {
      t: secondsOf(playUntil).toString(16),
      ...(previewSeconds !== undefined && { exper: previewSeconds }),
      ...(viewers !== undefined && { rlimit: viewers }),
      ...(unique !== undefined && { us: unique }),
    },
  });
}

function secondsOf(time: Date): number {
  return Math.floor(time.getTime() / 1000);
}

function hmac(key: string, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function decode(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}
