import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';

export const MIB = 1024 * 1024;

/** Longest piece that can be asked for, bytes. */
const LONGEST = 4 * MIB;
const PERIOD = 64 * MIB;
const BOX_HEAD = 8;

/**
 * A film of any length, for which nothing has to be made: the one in `film`, and then a box that players skip, of 64 MiB of
 * noise again and again.
 * @param film an MP4 smaller than the shortest piece
 * @param size bytes of the whole, below 4 GiB
 * @returns a piece of it
 */
export function longFilm(film: string, size: number): (offset: number, length: number) => Buffer {
  const noise = randomBytes(PERIOD);
  const source = Buffer.concat([noise, noise.subarray(0, LONGEST)]);
  const short = readFileSync(film);
  const box = Buffer.alloc(BOX_HEAD, 'free', 'latin1');
  box.writeUInt32BE(size - short.length);
  box.write('free', 4, 'latin1');
  const head = Buffer.concat([short, box]);
  return (offset, length) => {
    const start = offset % PERIOD;
    const piece = source.subarray(start, start + length);
    return offset > 0 ? piece : Buffer.concat([head, piece.subarray(head.length)]);
  };
}
