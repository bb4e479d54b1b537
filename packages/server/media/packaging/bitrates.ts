import { inputArguments } from '../input.ts';
import { lineReader } from '../lines.ts';
import type { MediaInfo } from '../media-info.ts';
import { run } from '../process.ts';

/** ms to read a file that was just written; far more than any disk needs. */
const READING_MS = 30 * 60_000;

/**
 * Replaces the bitrates that a file claims by those it has: the bytes of each stream's packets over the duration.
 *
 * @param path of a file of ours
 * @returns the same information, bitrates in bit/s
 */
export async function measureBitrates(
  path: string,
  info: MediaInfo,
  signal?: AbortSignal,
): Promise<MediaInfo> {
  const bytes = new Map<number, number>();
  const read = lineReader((line) => {
    const [index, size] = line.split(',').map(Number);
    if (Number.isInteger(index) && size! > 0) bytes.set(index!, (bytes.get(index!) ?? 0) + size!);
  });
  await run(
    'ffprobe',
    [
      '-v',
      'error',
      '-show_entries',
      'packet=stream_index,size',
      '-print_format',
      'csv=print_section=0',
    ].concat(inputArguments(path)),
    { stage: 'check-output', timeoutMs: READING_MS, signal, onStdout: read },
  );
  const measured = <Stream extends { index: number; bitrate: number }>(stream: Stream): Stream => {
    const total = bytes.get(stream.index) ?? 0;
    return { ...stream, bitrate: Math.round((total * 8000) / Math.max(1, info.durationMs)) };
  };
  const video = info.video.map(measured);
  const audio = info.audio.map(measured);
  return {
    ...info,
    video,
    audio,
    bitrate: [...video, ...audio].reduce((sum, { bitrate }) => sum + bitrate, 0),
  };
}
