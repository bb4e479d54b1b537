import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { MediaError } from '../errors.ts';
import type { MediaInfo } from '../media-info.ts';
import { noPictureAt, takeSnapshot } from '../snapshot.ts';
import { exactEnoughMs, isPassCheaper, nearestKeyFrame } from './choose.ts';
import { byPassing, bySeeking, type Grab, seeksAtOnce } from './grab.ts';
import { keyFrameTimes } from './key-frames.ts';
import { lastPictureMs } from './shape.ts';
import type { Writing } from './writing.ts';

/** A picture that is wanted. */
export interface Wanted {
  /** ms */
  atMs: number;
  /** where it is written */
  file: string;
}

export interface StillsOptions {
  writing: Writing;
  /** for files that only the taking needs; they are gone afterwards */
  scratch: string;
  signal?: AbortSignal;
  /** `fraction` is 0 to 1 */
  onProgress?(fraction: number): void;
}

/** Key frames that one pass picks: longer lists only make it slower to tell which frame is wanted. */
const PICKED_AT_ONCE = 100;

/**
 * Writes the pictures shown at some times, each decoded from the key frame before.
 *
 * @returns for each what was against it; null when it was written
 * @throws MediaError of the stage source without video; what passes
 */
export async function takeStills(
  source: string,
  info: MediaInfo,
  wanted: readonly Wanted[],
  options: StillsOptions,
): Promise<(MediaError | null)[]> {
  const grab = grabOf(source, info, options);
  const inside = wanted.filter(({ atMs }) => atMs < info.durationMs);
  const written = new Set(await seekAll(grab, inside, options.onProgress));
  const faults: (MediaError | null)[] = [];
  for (const one of wanted) faults.push(written.has(one) ? null : await faultOf(grab, one));
  return faults;
}

/**
 * Writes pictures of spans of time, as in a sprite: key frames where those are near enough, and where that is cheaper all in one
 * pass. What the video does not show any more, since its sound is longer, is the picture before.
 *
 * @param wanted in order; the first begins the video
 * @param spanMs time that each stands for
 * @throws MediaError of the stage source without video, of the stage snapshot when there is not one picture; what passes
 */
export async function takeSamples(
  source: string,
  info: MediaInfo,
  wanted: readonly Wanted[],
  spanMs: number,
  options: StillsOptions,
): Promise<void> {
  const grab = grabOf(source, info, options);
  const keyFrames = await keyFrameTimes(source, info, options.signal);
  const near = wanted.map(({ atMs }) =>
    nearestKeyFrame(atMs / 1000, keyFrames, exactEnoughMs(spanMs, info.durationMs - atMs) / 1000),
  );
  const written = new Set<Wanted>();
  let done = 0;
  for (let from = 0; from < wanted.length; from += PICKED_AT_ONCE) {
    const picked = wanted.slice(from, from + PICKED_AT_ONCE).flatMap((one, i) => {
      const at = near[from + i] ?? null;
      return at === null ? [] : [{ one, at }];
    });
    for (const one of await pickAll(grab, picked, keyFrames)) written.add(one);
    done = written.size;
    options.onProgress?.(done / wanted.length);
  }
  const last = lastPictureMs(info);
  const others = wanted
    .filter((one) => !written.has(one))
    .map((one) => ({ ...one, atMs: Math.min(one.atMs, last), of: one }));
  const restOf = (fraction: number) =>
    options.onProgress?.((done + fraction * others.length) / wanted.length);
  for (const { of } of await seekAll(grab, others, restOf)) written.add(of);
  if (written.size === 0) await takeSnapshot(source, 0, wanted[0]!.file, { ...grab, shape: grab.writing });
  await repeatWhereMissing(wanted, written);
}

function grabOf(source: string, info: MediaInfo, { writing, scratch, signal }: StillsOptions): Grab {
  if (info.video.length === 0) throw new MediaError({ stage: 'source', reason: 'no-video' });
  return { source, info, writing, scratch, signal };
}

/** Writes key frames, and says which were written. */
async function pickAll(
  grab: Grab,
  picked: readonly { one: Wanted; at: number }[],
  keyFrames: readonly number[],
): Promise<Wanted[]> {
  const times = [...new Set(picked.map(({ at }) => at))];
  if (!isPassCheaper(times, keyFrames)) {
    const wanted = picked.map(({ one, at }) => ({ file: one.file, atMs: at * 1000, of: one }));
    return (await seekAll(grab, wanted)).map(({ of }) => of);
  }
  const scratch = await mkdtemp(join(grab.scratch, 'pass-'));
  try {
    const files = await byPassing({ ...grab, scratch }, times);
    if (files === null) return [];
    for (const { one, at } of picked) await copyFile(files[times.indexOf(at)]!, one.file);
    return picked.map(({ one }) => one);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Writes the pictures at exact times, some at once, and says which were written. */
async function seekAll<W extends Wanted>(
  grab: Grab,
  wanted: readonly W[],
  onProgress?: (fraction: number) => void,
): Promise<W[]> {
  const last = lastPictureMs(grab.info);
  const size = seeksAtOnce(grab.info.video[0]!);
  const written: W[] = [];
  for (let from = 0; from < wanted.length; from += size) {
    const batch = wanted.slice(from, from + size);
    const seeks = batch.map(({ atMs, file }) => ({ at: Math.min(atMs, last) / 1000, file }));
    const found = await bySeeking(grab, seeks).catch((error: unknown) => {
      // A file that cannot be searched: who must have the picture reads it from the beginning.
      if (error instanceof MediaError && !error.transient) return [];
      throw error;
    });
    written.push(...batch.filter((_, i) => found[i]));
    onProgress?.((from + batch.length) / wanted.length);
  }
  return written;
}

/** A last try, from the beginning of the file where it must be. */
async function faultOf({ source, info, writing, signal }: Grab, one: Wanted): Promise<MediaError | null> {
  if (one.atMs >= info.durationMs) return noPictureAt(one.atMs, info);
  try {
    await takeSnapshot(source, one.atMs, one.file, { info, signal, shape: writing });
    return null;
  } catch (error) {
    if (error instanceof MediaError && !error.transient) return error;
    throw error;
  }
}

async function repeatWhereMissing(wanted: readonly Wanted[], written: ReadonlySet<Wanted>): Promise<void> {
  let before = wanted.find((one) => written.has(one)) ?? wanted[0]!;
  for (const one of wanted) {
    if (written.has(one)) before = one;
    else if (one !== before) await copyFile(before.file, one.file);
  }
}
