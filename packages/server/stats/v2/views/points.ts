import type { Point } from '../../types.ts';

/** Figures over time, with their times in s. */
export function pointsOf(points: readonly Point[]) {
  return points.map(({ startsAt, value }) => ({ timeStamp: startsAt / 1000, value }));
}
