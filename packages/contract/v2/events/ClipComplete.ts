import { z } from 'zod';
import { defineEvent } from './event.ts';

export const ClipComplete = defineEvent({
  name: 'ClipComplete',
  summary: 'A clip (ClipVideo) has ended.',
  data: z.object({
    vodTaskId: z.string().describe('The clip task.'),
    srcFileId: z.string().describe('The video that was cut.'),
    fileInfo: z.object({
      fileType: z.string().optional().describe('mp4; absent on failure.'),
      status: z
        .number()
        .int()
        .describe('0: ok. 4400: no storage left for it. Otherwise a processing error code.'),
      message: z.string().describe('What is wrong, in words.'),
      fileId: z.string().optional().describe('The new video; absent on failure.'),
      fileUrl: z.string().optional().describe('Its address; absent on failure.'),
    }),
  }),
  example: {
    vodTaskId: 'clipVideo-0011223344556677889',
    srcFileId: '16092500000000001',
    fileInfo: {
      fileType: 'mp4',
      status: 0,
      message: '',
      fileId: '14508070000000002',
      fileUrl: 'http://host/vod/14508070000000002/f0.mp4',
    },
  },
  notes: 'fileInfo is an object, as in the newer documents. There is no data.status.',
});
