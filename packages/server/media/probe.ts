import { errorCode, MediaError } from './errors.ts';
import { inputArguments } from './input.ts';
import type { MediaInfo } from './media-info.ts';
import { type ProbeOutput, parseProbe } from './probe-parse.ts';
import { type RunOptions, run } from './process.ts';

export interface ProbeOptions {
  signal?: AbortSignal;
  /** ms, default 60,000 */
  timeoutMs?: number;
  /**
   * Also look at the first packets for the distance between key frames. Without it a stream is never copied into HLS
   * (the planner encodes instead), so ask for it before planning, and not where every ms counts.
   */
  keyFrames?: boolean;
}

/** Packets read to learn the key frame interval: about half a minute of a film with sound. */
const KEY_FRAME_PACKETS = 2000;

/** What any disk manages, 20 MB/s: the time to read a whole file grows with its size. */
const SLOWEST_BYTES_PER_MS = 20_000;

/**
 * Reads what a media file is, from its headers and its first packets.
 *
 * @returns also for files unfit to transcode (no streams, duration 0): the planner refuses those
 * @throws MediaError -43001 when it is no media file or damaged, other -430xx codes as the contract has them
 */
export async function probe(file: string, options: ProbeOptions = {}): Promise<MediaInfo> {
  const runOptions: RunOptions = {
    stage: 'probe',
    timeoutMs: options.timeoutMs ?? 60_000,
    signal: options.signal,
  };
  const { stdout, log } = await run(
    'ffprobe',
    ['-v', 'error', '-print_format', 'json', '-show_format', '-show_streams', ...inputArguments(file)],
    runOptions,
  );
  const output = parseJson(stdout, log);
  const lacksDuration = !Number(output.format?.duration) && (output.streams?.length ?? 0) > 0;
  const info = parseProbe(
    output,
    lacksDuration ? await measureDuration(file, output, runOptions) : undefined,
  );
  const [main] = info.video;
  // Nothing but H.264 is ever copied.
  if (options.keyFrames && main?.codec === 'h264') {
    main.keyFrameIntervalMs = await measureKeyFrameInterval(file, main.index, runOptions);
  }
  return info;
}

function parseJson(stdout: string, log: string): ProbeOutput {
  try {
    return JSON.parse(stdout) as ProbeOutput;
  } catch {
    throw new MediaError(errorCode('probe', 'decode-failed'), 'ffprobe printed no JSON', { log });
  }
}

/** Reads the whole file without decoding: for live recordings and the like, which carry no duration. */
async function measureDuration(file: string, output: ProbeOutput, options: RunOptions): Promise<number> {
  const readingMs = Number(output.format?.size ?? 0) / SLOWEST_BYTES_PER_MS;
  const { stdout } = await run(
    'ffmpeg',
    ['-nostdin', '-v', 'error', ...inputArguments(file), '-map', '0', '-dn', '-sn', '-c', 'copy'].concat([
      ...['-ignore_unknown', '-progress', 'pipe:1', '-f', 'null', '-'],
    ]),
    { ...options, timeoutMs: options.timeoutMs + readingMs },
  );
  const microseconds = Number([...stdout.matchAll(/out_time_us=(\d+)/g)].at(-1)?.[1] ?? 0);
  return Math.round(microseconds / 1000);
}

async function measureKeyFrameInterval(file: string, stream: number, options: RunOptions): Promise<number> {
  const { stdout } = await run(
    'ffprobe',
    ['-v', 'error', '-select_streams', String(stream), '-read_intervals', `%+#${KEY_FRAME_PACKETS}`]
      .concat(['-show_entries', 'packet=pts_time,flags', '-print_format', 'csv=print_section=0'])
      .concat(inputArguments(file)),
    options,
  );
  return longestKeyFrameInterval(stdout);
}

/**
 * @param packets lines of "pts,flags", where flags begin with K for a key frame
 * @returns ms; the distance from the last key frame to the last packet counts too
 */
export function longestKeyFrameInterval(packets: string): number {
  let longest = 0;
  let keyFrame: number | undefined;
  for (const line of packets.split('\n')) {
    const [time, flags] = line.split(',');
    const seconds = Number.parseFloat(time ?? '');
    if (Number.isNaN(seconds)) continue;
    keyFrame ??= seconds;
    longest = Math.max(longest, seconds - keyFrame);
    if (flags?.startsWith('K')) keyFrame = seconds;
  }
  return Math.round(longest * 1000);
}
