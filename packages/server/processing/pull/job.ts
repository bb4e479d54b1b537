import { z } from 'zod';
import type { Job } from '../../tasks/index.ts';
import type { JobWatermark } from '../watermarks.ts';

const input = z.object({
  /** Where the file lies. */
  url: z.string(),
  /** The id of the video that it becomes, chosen now so that it can be answered. */
  videoId: z.string(),
  name: z.string(),
  /** Lower-case hex; null when nobody said. */
  md5: z.string().nullable(),
  classId: z.number(),
  tags: z.array(z.string()),
  /** Transcode with the default definitions afterwards. */
  transcode: z.boolean(),
  /** Take sampled pictures of it; absent in what was asked for before there were any. */
  snapshots: z.boolean().optional(),
  /** Lies over the transcodes: as its template was when the pull was asked for; null or absent for none. */
  watermark: z.custom<JobWatermark>().nullish(),
});

const output = z.object({
  sourceKey: z.string(),
  /** Bytes; absent in what was pulled before it was noted. */
  size: z.number().optional(),
  /** The transcode that was begun with it; null for none. */
  transcodeId: z.string().nullable(),
});

export type PullInput = z.infer<typeof input>;
export type PullOutput = z.infer<typeof output>;

/** The one job of a flow of the kind `pull`, as flows keep it. */
export const pullJob = {
  type: 'pull',
  ask: (asked: PullInput) => ({ type: 'pull', input: asked }),
  inputOf: (kept: Pick<Job, 'input'>): PullInput => input.parse(kept.input),
  outputOf: (kept: Pick<Job, 'output'>): PullOutput | null => kept.output && output.parse(kept.output),
};
