import { randomInt } from 'node:crypto';

const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** `AKID` and 32 letters and digits, the form that clients know. */
export function newSecretId(): string {
  return `AKID${alphanumeric(32)}`;
}

/** 40 letters and digits, 238 random bits: more than HMAC-SHA1 can use. */
export function newSecretKey(): string {
  return alphanumeric(40);
}

/** Ten digits that begin with 15, as sub-applications of the original have them. */
export function newSubAppId(): string {
  return `15${randomInt(10 ** 8)
    .toString()
    .padStart(8, '0')}`;
}

function alphanumeric(length: number): string {
  return Array.from({ length }, () => ALPHANUMERIC[randomInt(ALPHANUMERIC.length)]).join('');
}
