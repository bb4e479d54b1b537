import { randomBytes } from 'node:crypto';

export const MIB = 1024 * 1024;

/** Longest piece that can be asked for, bytes. */
const LONGEST = 4 * MIB;
const PERIOD = 64 * MIB;
const bytes = randomBytes(PERIOD);
const source = Buffer.concat([bytes, bytes.subarray(0, LONGEST)]);

/** A piece of a file of any length; 64 MiB that repeat, so that making it costs nothing. */
export function bytesAt(offset: number, size: number): Buffer {
  const start = offset % PERIOD;
  return source.subarray(start, start + size);
}
