import { z } from 'zod';

/** An element of the older task lists. */
export const olderTask = z.object({
  vodTaskId: z.string(),
  type: z.string().describe('procedure, transcode, pull, clip or concat.'),
  status: z.enum(['PROCESSING', 'FINISH']).describe('A task that waits is PROCESSING.'),
  createTime: z.number().int().describe('Unix seconds.'),
  updateTime: z.number().int().describe('Last change, Unix seconds.'),
});
