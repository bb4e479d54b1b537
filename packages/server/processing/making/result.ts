import { z } from 'zod';
import type { Job } from '../../tasks/index.ts';

const output = z.object({
  /** Names of its files, as addresses have them below the folder of the video. */
  source: z.string(),
  renditions: z.array(z.string()),
});

/** What a flow that makes a video leaves behind: the same in each of its jobs. */
export type MakingResult = z.infer<typeof output>;

/** Null as long as there is none. */
export function makingResultOf({ output: kept }: Pick<Job, 'output'>): MakingResult | null {
  return kept && output.parse(kept);
}
