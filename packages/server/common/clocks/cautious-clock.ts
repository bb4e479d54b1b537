import type { Clock } from './clock.ts';

/** How much faster than time itself it may run, catching up. */
const PACE = 2;

/**
 * A clock for what is deleted by its age. It goes back with `clock` at once, but never runs faster than twice the time that
 * really passes: when a clock jumps ahead by hours and back again, nothing was deleted meanwhile that should have stayed, and
 * when it was put right the cautious one has caught up after as long again.
 * @param steady monotonic, ms
 */
export function cautiousClock(clock: Clock, steady: () => number = () => performance.now()): Clock {
  let last = clock();
  let lookedAt = steady();
  return () => {
    const now = steady();
    last = Math.min(clock(), Math.floor(last + PACE * (now - lookedAt)));
    lookedAt = now;
    return last;
  };
}
