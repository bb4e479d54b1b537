import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { canToneMap } from '../capabilities.ts';
import { MediaError } from '../errors.ts';
import { inputArguments } from '../input.ts';
import type { MediaInfo, VideoStream } from '../media-info.ts';
import { run } from '../process.ts';
import { seekArguments } from './seek.ts';
import { picturesTimeoutMs } from './time-limit.ts';
import { encoderArguments, pictureFilters, type Writing } from './writing.ts';

/** What pictures are taken of, and how. */
export interface Grab {
  source: string;
  info: MediaInfo;
  writing: Writing;
  /** for files that only the taking needs */
  scratch: string;
  signal?: AbortSignal;
}

/** Pictures of larger videos are taken by fewer decoders at a time, px all together. */
const PIXELS_AT_ONCE = 16_000_000;
const SEEKS_AT_ONCE = 8;

/** How many times `bySeeking` takes at once. */
export function seeksAtOnce({ width, height }: Pick<VideoStream, 'width' | 'height'>): number {
  return Math.max(1, Math.min(SEEKS_AT_ONCE, Math.floor(PIXELS_AT_ONCE / Math.max(1, width * height))));
}

/**
 * Writes the first frame at or after each time, decoded from the key frame before, with one process that opens the source once a
 * time.
 *
 * @param wanted seconds; few, see `seeksAtOnce`
 * @returns which of the files were written
 * @throws MediaError of the stage snapshot when none was, and ffmpeg says why; or when it passes
 */
export async function bySeeking(
  grab: Grab,
  wanted: readonly { at: number; file: string }[],
): Promise<boolean[]> {
  const { source, info, signal } = grab;
  const video = info.video[0]!;
  const filters = await filtersOf(grab);
  const seeks = wanted.map(({ at }) => seekArguments(info, at));
  // One thread reads no further than it must.
  const inputs = seeks.flatMap(({ input }) => ['-threads', '1', ...input, ...inputArguments(source)]);
  const outputs = wanted.flatMap(({ file }, i) => [
    ...['-map', `${i}:${video.index}`, ...seeks[i]!.output, '-frames:v', '1', '-vf', filters],
    ...[...encoderArguments(grab.writing), '-f', 'image2pipe', `file:${resolve(file)}`],
  ]);
  const written = () => Promise.all(wanted.map(({ file }) => isThere(file)));
  try {
    await run('ffmpeg', ['-nostdin', '-y', '-v', 'error', ...inputs, ...outputs], {
      ...{ stage: 'snapshot', timeoutMs: picturesTimeoutMs(info), signal },
    });
  } catch (error) {
    if (!(error instanceof MediaError) || error.transient) throw error;
    const some = await written();
    if (!some.includes(true)) throw error;
    return some;
  }
  return written();
}

/**
 * Writes key frames in one pass that decodes nothing else.
 *
 * @param times of key frames, seconds, each once and in order; some hundred at most
 * @returns the files in that order, within `scratch`; null when they are not those that were asked for
 */
export async function byPassing(grab: Grab, times: readonly number[]): Promise<string[] | null> {
  const { source, info, scratch, signal } = grab;
  const [first, last] = [times[0]!, times.at(-1)!];
  const isWanted = times.map((at) => `between(t,${since(at - 0.0005)},${since(at + 0.0005)})`).join('+');
  function since(time: number): string {
    return (time - first).toFixed(6);
  }
  try {
    await run(
      'ffmpeg',
      [
        ...['-nostdin', '-y', '-v', 'error', '-discard', 'nokey', '-skip_frame', 'nokey'],
        ...(first > 0 ? ['-ss', first.toFixed(6)] : []),
        ...['-t', (last - first + 0.01).toFixed(6), ...inputArguments(source)],
        ...['-map', `0:${info.video[0]!.index}`, '-fps_mode', 'passthrough'],
        ...['-vf', `select='${isWanted}',${await filtersOf(grab)}`, ...encoderArguments(grab.writing)],
        ...['-f', 'image2', '-start_number', '0', 'key-%d.picture'],
      ],
      { stage: 'snapshot', timeoutMs: picturesTimeoutMs(info), signal, cwd: scratch },
    );
  } catch (error) {
    if (!(error instanceof MediaError) || error.transient) throw error;
    return null;
  }
  const files = times.map((_, i) => join(scratch, `key-${i}.picture`));
  const [all, more] = await Promise.all([
    Promise.all(files.map(isThere)),
    isThere(join(scratch, `key-${times.length}.picture`)),
  ]);
  return all.includes(false) || more ? null : files;
}

async function filtersOf({ info, writing }: Grab): Promise<string> {
  const video = info.video[0]!;
  return pictureFilters(video, writing, video.hdr && (await canToneMap()));
}

async function isThere(file: string): Promise<boolean> {
  return ((await stat(file).catch(() => null))?.size ?? 0) > 0;
}
