import { z } from 'zod';
import { defineEvent } from './event.ts';

export const FileDeleted = defineEvent({
  name: 'FileDeleted',
  summary: 'The deletion of one or more videos has finished.',
  data: z.object({
    status: z.number().int().describe('0: ok, otherwise failed.'),
    message: z.string().describe('Error text.'),
    fileInfo: z.array(z.object({ fileId: z.string() })).describe('Deleted videos.'),
  }),
  example: { status: 0, message: '', fileInfo: [{ fileId: '24961950000000001' }] },
});
