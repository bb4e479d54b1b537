import type { Job } from '../../../tasks/index.ts';
import { animatedOnWire } from './animated.ts';
import { coverOnWire } from './cover.ts';
import type { WireJob } from './job.ts';
import { sampleSnapshotOnWire } from './sample-snapshot.ts';
import { snapshotByTimeOnWire } from './snapshot-by-time.ts';
import { spriteOnWire } from './sprite.ts';
import { transcodeOnWire } from './transcode.ts';

/** In the order in which a flow lists its sub-tasks. */
export const WIRE_JOBS: readonly WireJob[] = [
  transcodeOnWire,
  animatedOnWire,
  sampleSnapshotOnWire,
  coverOnWire,
  snapshotByTimeOnWire,
  spriteOnWire,
];

/** @throws Error for a kind of job that cannot be shown, which is an error of ours */
export function wireJob({ type }: Pick<Job, 'type'>): WireJob {
  const found = WIRE_JOBS.find((one) => one.type === type);
  if (!found) throw new Error(`version 2 has no word for the job ${type}`);
  return found;
}
