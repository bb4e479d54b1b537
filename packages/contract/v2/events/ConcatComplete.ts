import { z } from 'zod';
import { defineEvent } from './event.ts';

export const ConcatComplete = defineEvent({
  name: 'ConcatComplete',
  summary: 'A concatenation (ConcatVideo) has ended: one result for each dstType that was asked for.',
  data: z.object({
    vodTaskId: z.string().describe('The concatenation task.'),
    message: z.string().optional().describe('What is wrong, in words; on failure only.'),
    fileInfo: z.array(
      z.object({
        fileType: z.string().describe('mp4 or m3u8.'),
        status: z
          .number()
          .int()
          .describe('0: ok. 4: a source is unfit. -1: any other failure. Which is which is our choice.'),
        message: z.string().describe('What is wrong, in words.'),
        fileId: z.string().optional().describe('The new video, the same for both; absent on failure.'),
        fileUrl: z.string().optional().describe('Its address; absent on failure.'),
      }),
    ),
  }),
  example: {
    vodTaskId: 'Concat-00112233445566778899aabbccddeeff',
    fileInfo: [
      {
        fileType: 'm3u8',
        status: 0,
        message: '',
        fileId: '14508070000000001',
        fileUrl: 'http://host/vod/14508070000000001/playlist.f6.m3u8',
      },
      { fileType: 'mp4', status: 4, message: '' },
    ],
  },
  notes: 'status and message are those of each result, where the older samples have them once for all.',
});
