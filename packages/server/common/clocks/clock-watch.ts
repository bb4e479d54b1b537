import type { Clock } from './clock.ts';

const LOOK_MS = 1000;
/** What the operating system does to keep a clock right is no jump, ms. */
const TOLERANCE_MS = 1000;

/**
 * Notices that a clock went back: the returned function says by how much it did since it was last asked, in ms; 0 when it went
 * on as time does, or ahead.
 * @param steady monotonic, ms
 */
export function backwardJumps(clock: Clock, steady: () => number = () => performance.now()): () => number {
  let offset = clock() - steady();
  return () => {
    const before = offset;
    offset = clock() - steady();
    return before - offset > TOLERANCE_MS ? Math.round(before - offset) : 0;
  };
}

/** Calls `onBack` within a second of a clock going back, with how far it went, ms. Returns what ends the watch. */
export function watchClock(clock: Clock, onBack: (ms: number) => void): () => void {
  const jumped = backwardJumps(clock);
  const timer = setInterval(() => {
    const ms = jumped();
    if (ms > 0) onBack(ms);
  }, LOOK_MS).unref();
  return () => clearInterval(timer);
}
