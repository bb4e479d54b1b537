/** A finished request (docs/wire/delivery.md, Access log). */
export interface Access {
  /** ms since the epoch. */
  startedAt: number;
  clientIp: string;
  domain: string;
  path: string;
  /** Of the body. */
  bytes: number;
  status: number;
  referer: string;
  durationMs: number;
  userAgent: string;
  range: string;
  method: string;
  /** e.g. `HTTP/1.1`. */
  protocol: string;
  fromMemory: boolean;
}

/** UTC+8, like every time of this API. */
const OFFSET_MS = 8 * 3600_000;

/** One line, with its end: fields in the order of docs/wire/delivery.md, separated by spaces. We know neither province nor carrier: 0. */
export function accessLine(access: Access): string {
  const { clientIp, domain, path, bytes, status, referer, durationMs, userAgent, range } = access;
  return (
    `${digits(access.startedAt, 14)} ${field(clientIp)} ${field(domain)} ${field(path)} ${bytes} 0 0 ${status} ` +
    `${field(referer)} ${durationMs} ${field(userAgent)} ${field(range)} ${access.method} ${access.protocol} ` +
    `${access.fromMemory ? 'HIT' : 'MISS'}\n`
  );
}

/** The hour as file names have it, `YYYYMMDDHH`. `ms` since the epoch. */
export function hourOf(ms: number): string {
  return digits(ms, 10);
}

let lastSecond = Number.NaN;
let lastDigits = '';

/** The first digits of `YYYYMMDDhhmmss`; most calls are about the same second. */
function digits(ms: number, count: 10 | 14): string {
  const second = Math.floor(ms / 1000);
  if (second !== lastSecond) {
    lastDigits = new Date(ms + OFFSET_MS).toISOString().replace(/\D/g, '').slice(0, 14);
    lastSecond = second;
  }
  return lastDigits.slice(0, count);
}

/** What is absent is `-`; what would break the line or the field is percent-encoded. */
function field(value: string): string {
  if (value === '') return '-';
  return /[^\x21-\x7e]/.test(value)
    ? value.replace(/[^\x21-\x7e]/gu, (character) => encodeURIComponent(character.toWellFormed()))
    : value;
}
