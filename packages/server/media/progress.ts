import { lineReader } from './lines.ts';

/** The last bit of the work, checking the outputs, comes after ffmpeg's end. */
const ENCODING_SHARE = 0.99;

/**
 * Reads what `ffmpeg -progress` prints: lines of key=value, in pieces cut anywhere.
 *
 * @param onProgress called with a rising share below 1
 * @returns a function that takes a piece of text and tells whether the work has advanced since the last one
 */
export function progressReader(
  durationMs: number,
  onProgress?: (fraction: number) => void,
): (text: string) => boolean {
  let furthest = -1;
  let reached = -1;
  const read = lineReader((line) => {
    const microseconds = /^out_time_us=(\d+)/.exec(line)?.[1];
    if (microseconds !== undefined) reached = Math.max(reached, Number(microseconds) / 1000);
  });
  return (text) => {
    read(text);
    if (reached === furthest) return false;
    furthest = reached;
    onProgress?.(ENCODING_SHARE * Math.min(1, reached / Math.max(1, durationMs)));
    return true;
  };
}
