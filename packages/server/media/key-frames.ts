import { inputArguments } from './input.ts';
import { lineReader } from './lines.ts';
import { type RunOptions, run } from './process.ts';

/**
 * Reads a whole file, without decoding, for the longest distance from one key frame of a stream to the next.
 *
 * @param stream index within the file
 * @param options whose time limit is for reading all of it
 * @returns ms; undefined when the file does not say when its frames are shown
 */
export async function measureKeyFrameInterval(
  file: string,
  stream: number,
  options: RunOptions,
): Promise<number | undefined> {
  const interval = keyFrameInterval();
  await run(
    'ffprobe',
    ['-v', 'error', '-select_streams', String(stream), '-show_entries', 'packet=pts_time,dts_time,flags']
      .concat(['-print_format', 'csv=print_section=0'])
      .concat(inputArguments(file)),
    { ...options, onStdout: lineReader(interval.add) },
  );
  return interval.longestMs();
}

/** Takes packets one by one, as lines of "pts,dts,flags" in seconds, where flags begin with K for a key frame. */
export function keyFrameInterval() {
  let longest = 0;
  let keyFrame: number | undefined;
  let isKnown = true;
  return {
    add(line: string): void {
      const [pts = '', dts = '', flags = ''] = line.split(',');
      if (!flags) return;
      const [shown, decoded] = [Number.parseFloat(pts), Number.parseFloat(dts)];
      const seconds = Number.isNaN(shown) ? decoded : shown;
      if (Number.isNaN(seconds)) isKnown = false;
      // What comes before the first key frame cannot be shown.
      if (keyFrame !== undefined) longest = Math.max(longest, seconds - keyFrame);
      if (flags.startsWith('K')) keyFrame = seconds;
    },
    /** The distance from the last key frame to the last packet counts too. */
    longestMs(): number | undefined {
      return isKnown && keyFrame !== undefined ? Math.round(longest * 1000) : undefined;
    },
  };
}
