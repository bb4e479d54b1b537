/**
 * Which key frame stands for a time: the nearest one, and none where that is further away than allowed. A whole GOP would
 * have to be decoded for what is shown at the very time.
 *
 * @param time seconds
 * @param keyFrames seconds, in order
 * @param within seconds
 */
export function nearestKeyFrame(time: number, keyFrames: readonly number[], within: number): number | null {
  const next = firstFrom(keyFrames, time);
  const near = [keyFrames[next - 1], keyFrames[next]].filter((one) => one !== undefined);
  const [nearest] = near.sort((a, b) => Math.abs(a - time) - Math.abs(b - time));
  return nearest !== undefined && Math.abs(nearest - time) <= within ? nearest : null;
}

/**
 * Whether to decode all key frames of a stretch in one pass rather than to seek to those that are wanted. To open a source and to
 * seek in it costs as much as to decode some key frames.
 *
 * @param wanted in order, seconds; they are key frames
 * @param keyFrames in order, seconds
 */
export function isPassCheaper(wanted: readonly number[], keyFrames: readonly number[]): boolean {
  const [first, last] = [wanted[0], wanted.at(-1)];
  if (first === undefined || last === undefined) return false;
  const passed = firstFrom(keyFrames, last) - firstFrom(keyFrames, first) + 1;
  return passed <= KEY_FRAMES_A_SEEK * wanted.length;
}

const KEY_FRAMES_A_SEEK = 4;

/**
 * A picture that stands for a span of time may be half of that span away, but not be another scene, nor need it be nearer than a second;
 * the last one, of which less than half a span is left, twice as far. ms
 */
export function exactEnoughMs(spanMs: number, leftMs: number): number {
  const exact = Math.min(5000, Math.max(1000, spanMs / 2));
  return leftMs < spanMs / 2 ? exact * 2 : exact;
}

/** Positions 0, step, 2 step … below the end, ms; further apart when there would be more than `most` (docs/wire/templates.md, Snapshots). */
export function positionsEvery(stepMs: number, durationMs: number, most: number): number[] {
  const step = Math.max(stepMs, durationMs / most);
  // A step that is a share of the duration must not end in one picture more by rounding.
  const count = Math.max(1, Math.min(most, Math.ceil(durationMs / step - 1e-9)));
  return Array.from({ length: count }, (_, i) => i * step);
}

/** Index of the first key frame at a time or after it; the number of all when there is none. */
function firstFrom(keyFrames: readonly number[], time: number): number {
  let [low, high] = [0, keyFrames.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (keyFrames[middle]! < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
