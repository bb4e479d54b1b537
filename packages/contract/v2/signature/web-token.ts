import { createHmac, timingSafeEqual } from 'node:crypto';

/** A JSON Web Token (RFC 7519) signed with HMAC-SHA256. Its parts are joined by `joint`; in the RFC by a dot. */
export function signWebToken(key: Buffer | string, claims: object, joint = '.'): string {
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}${joint}${encode(claims)}`;
  return `${signed}${joint}${hmac(key, signed).toString('base64url')}`;
}

/** What a token of at most `maxLength` characters says, whatever its time; null when the key has signed no such thing. */
export function readWebToken(
  key: Buffer | string,
  token: string,
  { maxLength, joint = '.' }: { maxLength: number; joint?: string },
): unknown {
  if (token.length > maxLength) return null;
  const [head = '', payload = '', mac = '', ...more] = token.split(joint);
  const expected = hmac(key, `${head}${joint}${payload}`);
  const given = Buffer.from(mac, 'base64url');
  if (more.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  // What a token says of its algorithm is the word of who made it: there is only one.
  return (decode(head) as { alg?: unknown } | null)?.alg === 'HS256' ? decode(payload) : null;
}

function hmac(key: Buffer | string, text: string): Buffer {
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
