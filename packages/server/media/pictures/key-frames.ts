import { inputArguments } from '../input.ts';
import { lineReader } from '../lines.ts';
import type { MediaInfo } from '../media-info.ts';
import { run } from '../process.ts';
import { picturesTimeoutMs } from './time-limit.ts';

/**
 * When the key frames of a video are shown, in seconds and in order, without decoding anything; formats with an index are not
 * even read in between. Empty when the file does not say.
 *
 * @throws MediaError of the stage snapshot
 */
export async function keyFrameTimes(
  source: string,
  info: MediaInfo,
  signal?: AbortSignal,
): Promise<number[]> {
  const [video] = info.video;
  if (!video) return [];
  const reader = keyFrameReader();
  await run(
    'ffmpeg',
    [
      ...['-nostdin', '-v', 'error', '-discard', 'nokey', ...inputArguments(source)],
      ...['-map', `0:${video.index}`, '-c', 'copy', '-f', 'framecrc', 'pipe:1'],
    ],
    {
      stage: 'snapshot',
      timeoutMs: picturesTimeoutMs(info),
      signal,
      onStdout: lineReader(reader.add),
    },
  );
  return reader.times();
}

/** Reads what ffmpeg's framecrc muxer prints: `0, dts, pts, duration, size, crc`, with flags behind that unless it is a key frame. */
export function keyFrameReader() {
  let [numerator, denominator] = [0, 1];
  // bounded by: the key frames of a film, some bytes each
  const found = new Set<number>();
  return {
    add(line: string): void {
      const base = /^#tb 0: (\d{1,10})\/(\d{1,10})/.exec(line);
      if (base) [numerator, denominator] = [Number(base[1]), Number(base[2])];
      const packet = /^0, *-?\d+, *(-?\d{1,17}), *\d+, *\d+, *0x[0-9a-f]+(?:, S=.*)?$/.exec(line);
      // What is shown before the beginning is cut off; -2^63, no time at all, has more digits.
      if (packet && Number(packet[1]) >= 0)
        found.add(Math.round((Number(packet[1]) * numerator * 1e6) / denominator) / 1e6);
    },
    /** Seconds, rounded to µs, as ffmpeg counts its seeks. */
    times: (): number[] => [...found].sort((a, b) => a - b),
  };
}
