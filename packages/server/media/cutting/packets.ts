import { inputArguments } from '../input.ts';
import { lineReader } from '../lines.ts';
import { type RunOptions, run } from '../process.ts';
import type { Packet } from './clean-cut.ts';

/** Long enough for the frames that wait for each other around a cut, ms. */
const AROUND_MS = 2000;
/** Key frames that lie farther apart make more; then nothing is known of a cut. */
const MOST_PACKETS = 20_000;

/**
 * Reads, without decoding, the packets of a stream from the key frame before a time until two seconds after it.
 *
 * @param stream index within the file
 * @returns null when the file does not say when its frames are shown, or seeking in it leads nowhere near
 */
export async function packetsAround(
  file: string,
  stream: number,
  atMs: number,
  options: Pick<RunOptions, 'signal' | 'timeoutMs'>,
): Promise<Packet[] | null> {
  const packets: Packet[] = [];
  let isKnown = true;
  const read = lineReader((line) => {
    const [shown = '', flags = ''] = line.split(',');
    if (!flags) return;
    const shownMs = Number.parseFloat(shown) * 1000;
    if (Number.isNaN(shownMs)) isKnown = false;
    if (packets.length < MOST_PACKETS) packets.push({ shownMs, isKey: flags.startsWith('K') });
  });
  const interval = `${atMs / 1000}%${(atMs + AROUND_MS) / 1000}`;
  await run(
    'ffprobe',
    ['-v', 'error', '-select_streams', String(stream), '-read_intervals', interval]
      .concat(['-show_entries', 'packet=pts_time,flags', '-print_format', 'csv=print_section=0'])
      .concat(inputArguments(file)),
    { ...options, stage: 'probe', onStdout: read },
  );
  return isKnown && packets.length < MOST_PACKETS ? packets : null;
}
