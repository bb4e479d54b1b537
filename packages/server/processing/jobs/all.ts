import { animatedJob } from './animated.ts';
import { coverJob } from './cover.ts';
import { firstCoverJob } from './first-cover.ts';
import type { JobKind } from './job.ts';
import { sampleSnapshotJob } from './sample-snapshot.ts';
import { snapshotByTimeJob } from './snapshot-by-time.ts';
import { spriteJob } from './sprite.ts';
import { transcodeJob } from './transcode.ts';

/** Every kind of work, in the order in which a flow does it: what is quick first, so that no picture waits for an encode. */
export const JOB_KINDS: readonly JobKind[] = [
  firstCoverJob,
  coverJob,
  snapshotByTimeJob,
  sampleSnapshotJob,
  spriteJob,
  animatedJob,
  transcodeJob,
];
