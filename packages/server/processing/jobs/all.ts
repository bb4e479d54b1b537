import { coverJob } from './cover.ts';
import type { JobKind } from './job.ts';
import { transcodeJob } from './transcode.ts';

/** Every kind of work, in the order in which a flow does it: what is quick first. */
export const JOB_KINDS: readonly JobKind[] = [coverJob, transcodeJob];
