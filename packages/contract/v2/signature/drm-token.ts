import { createHmac, timingSafeEqual } from 'node:crypto';

/** Longer than any of ours. */
const MAX_LENGTH = 4096;

/**
 * A token that stands in file names (docs/wire/encryption.md, The next generation): a JSON Web Token whose parts `~` joins. What
 * it is signed with nobody but the service knows.
 */
export function signDrmToken(key: Buffer, claims: object): string {
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}~${encode({ type: 'DrmToken', ...claims })}`;
  return `${signed}~${hmac(key, signed).toString('base64url')}`;
}

/** What a token says, whatever its time; null when the key has signed no such thing. */
export function readDrmToken(key: Buffer, token: string): unknown {
  if (token.length > MAX_LENGTH) return null;
  const [head = '', payload = '', mac = '', ...more] = token.split('~');
  const expected = hmac(key, `${head}~${payload}`);
  const given = Buffer.from(mac, 'base64url');
  if (more.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const claims = decode(payload) as { type?: unknown } | null;
  return claims?.type === 'DrmToken' ? claims : null;
}

function hmac(key: Buffer, text: string): Buffer {
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
