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

/** A clock that is watched. */
export interface WatchedClock {
  /** The same clock; each look at it is one of the watch's, so that a jump ahead which somebody has acted on is known. */
  now: Clock;
  start(): void;
  stop(): void;
}

/** Calls `onBack` when a clock goes back, with how far it went, ms: within a second of it while started, or at the next look. */
export function watchClock(clock: Clock, onBack: (ms: number) => void): WatchedClock {
  const jumped = backwardJumps(clock);
  let timer: NodeJS.Timeout | undefined;
  const look = () => {
    const ms = jumped();
    if (ms > 0) onBack(ms);
  };
  return {
    now() {
      look();
      return clock();
    },
    start() {
      timer ??= setInterval(look, LOOK_MS).unref();
    },
    stop() {
      clearInterval(timer);
      timer = undefined;
    },
  };
}
