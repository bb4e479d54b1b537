import { randomBytes } from 'node:crypto';

export const MIB = 1024 * 1024;

const BLOCKS = 64;
const blocks = randomBytes(BLOCKS * MIB);

/** The `index`-th MiB of a file of any length; 64 MiB that repeat, so that making it costs nothing. */
export function block(index: number): Buffer {
  const start = (index % BLOCKS) * MIB;
  return blocks.subarray(start, start + MIB);
}
