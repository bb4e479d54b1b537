import { MediaError } from './errors.ts';
import { inputArguments } from './input.ts';
import { measureKeyFrameInterval } from './key-frames.ts';
import type { MediaInfo } from './media-info.ts';
import { type ProbeOutput, parseProbe } from './probe-parse.ts';
import { type RunOptions, run } from './process.ts';

export interface ProbeOptions {
  signal?: AbortSignal;
  /** ms, default 60,000 */
  timeoutMs?: number;
  /**
   * Also look for the longest distance between key frames, for which the whole file may be read. Without it the planner
   * cannot know whether a stream fits and encodes instead, so ask for it before planning, and not where every ms counts.
   */
  keyFrames?: boolean;
}

/** What any disk manages, 20 MB/s: the time to read a whole file grows with its size. */
const SLOWEST_BYTES_PER_MS = 20_000;

/**
 * Reads what a media file is, from its headers and its first packets.
 *
 * @returns also for files unfit to transcode (no streams, duration 0): the planner refuses those
 * @throws MediaError of the stage probe, with the reason damaged when it is no media file
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
    const timeoutMs = runOptions.timeoutMs + info.size / SLOWEST_BYTES_PER_MS;
    main.keyFrameIntervalMs = await measureKeyFrameInterval(file, main.index, { ...runOptions, timeoutMs });
  }
  return info;
}

function parseJson(stdout: string, log: string): ProbeOutput {
  try {
    return JSON.parse(stdout) as ProbeOutput;
  } catch {
    throw new MediaError({ stage: 'probe', reason: 'decode-failed' }, undefined, { log });
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
