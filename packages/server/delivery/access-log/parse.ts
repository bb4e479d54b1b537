import type { Access } from './line.ts';

/** UTC+8, like every time of this API. */
const OFFSET_MS = 8 * 3600_000;

/**
 * Reads a line of the access log, without its end; null for what is none, such as one that a kill cut short. Texts stay as
 * they were written: percent-encoded, where they had what would break a line.
 */
export function parseAccessLine(line: string): Access | null {
  const fields = line.split(' ');
  if (fields.length !== 15) return null;
  const startedAt = timeOf(fields[0]!);
  const bytes = numberOf(fields[4]!);
  const status = numberOf(fields[7]!);
  const durationMs = numberOf(fields[9]!);
  const cache = fields[14];
  // NaN is in no order with anything.
  if (!(startedAt >= 0 && bytes >= 0 && status >= 100 && durationMs >= 0)) return null;
  if (cache !== 'HIT' && cache !== 'MISS') return null;
  return {
    startedAt,
    clientIp: textOf(fields[1]!),
    domain: textOf(fields[2]!),
    path: textOf(fields[3]!),
    bytes,
    status,
    referer: textOf(fields[8]!),
    durationMs,
    userAgent: textOf(fields[10]!),
    range: textOf(fields[11]!),
    method: fields[12]!,
    protocol: fields[13]!,
    fromMemory: cache === 'HIT',
  };
}

function textOf(field: string): string {
  return field === '-' ? '' : field;
}

/** NaN for what is no decimal number. By hand, because it is done for each line, three times. */
function numberOf(field: string): number {
  if (field.length === 0 || field.length > 15) return Number.NaN;
  let value = 0;
  for (let at = 0; at < field.length; at++) {
    const digit = field.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

let lastDigits = '';
let lastTime = Number.NaN;

/** `YYYYMMDDhhmmss` as ms since the epoch; most lines are of the same second as the one before. */
function timeOf(digits: string): number {
  if (digits === lastDigits) return lastTime;
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(digits);
  if (!match) return Number.NaN;
  const [year, month, day, hour, minute, second] = match.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  lastDigits = digits;
  lastTime = Date.UTC(year, month - 1, day, hour, minute, second) - OFFSET_MS;
  return lastTime;
}
