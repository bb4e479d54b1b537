import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/**
 * Plays an address to its end the way a player does — playlist, segments, decoder — and says in a line what it saw.
 * Throws when anything is missing or does not decode.
 */
export async function checkPlays(address: string): Promise<string> {
  const { stdout } = await promisify(execFile)('ffmpeg', [
    ...['-v', 'error', '-xerror', '-i', address, '-map', '0', '-f', 'null', '-progress', 'pipe:1', '-'],
  ]);
  // One report after the other; the last one is the whole.
  const seconds =
    Number(
      stdout
        .matchAll(/out_time_us=(\d+)/g)
        .toArray()
        .at(-1)?.[1] ?? 0,
    ) / 1e6;
  if (seconds <= 0) throw new Error(`${address} has nothing to play`);
  return `plays to its end (${seconds.toFixed(1)} s)  ${address}`;
}
