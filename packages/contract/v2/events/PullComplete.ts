import { z } from 'zod';
import { defineEvent } from './event.ts';

export const PullComplete = defineEvent({
  name: 'PullComplete',
  summary: 'A pull (MultiPullVodFile) has ended: one event for each address.',
  data: z.object({
    status: z
      .number()
      .int()
      .describe(
        '0: ok. 10001: the file could not be fetched, or is not what was announced. 4400: no storage left for it. Otherwise a processing error code: what was fetched is no media.',
      ),
    message: z.string().describe('What is wrong, in words.'),
    vodTaskId: z.string().describe('The pull task.'),
    fileId: z.string().optional().describe('The new video.'),
    fileUrl: z.string().optional().describe('Address of its source.'),
    transcodeTaskId: z.string().optional().describe('Transcode task, when the call asked for one.'),
  }),
  example: {
    status: 0,
    message: '',
    vodTaskId: 'Pull-00112233445566778899aabbccddeeff',
    fileId: '14508070000000001',
    fileUrl: 'http://host/vod/14508070000000001/f0.flv',
    transcodeTaskId: 'transcode-00112233445566778899aabbccddeeff',
  },
  notes:
    'A failure has status, message and vodTaskId only. A success is told by NewFileUpload too, with sourceType Pull.',
});
