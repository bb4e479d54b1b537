import { z } from 'zod';
import { playSetEntry } from '../shapes.ts';
import { defineEvent } from './event.ts';

export const TranscodeComplete = defineEvent({
  name: 'TranscodeComplete',
  summary: 'A transcode task (ConvertVodFile, or isTranscode at upload; not a task flow) has ended.',
  data: z.object({
    status: z.number().int().describe('0: ok; otherwise a processing error code.'),
    message: z.string().describe('Error text.'),
    vodTaskId: z.string().describe('The transcode task.'),
    fileId: z.string(),
    fileName: z.string().optional(),
    duration: z.number().int().optional().describe('Seconds.'),
    coverUrl: z.string().optional(),
    playSet: z
      .array(playSetEntry())
      .optional()
      .describe('The renditions, the source among them; absent when none was made.'),
  }),
  example: {
    status: 0,
    message: '',
    vodTaskId: 'Transcode-00112233445566778899aabbccddeeff',
    fileId: '14508070000000001',
    fileName: 'clip',
    duration: 599,
    coverUrl: 'http://host/c.jpg',
    playSet: [
      { url: 'http://host/x.f0.mp4', definition: 0, vbitrate: 246000, vheight: 480, vwidth: 640 },
      { url: 'http://host/x.f20.mp4', definition: 20, vbitrate: 297656, vheight: 480, vwidth: 640 },
    ],
  },
  notes:
    'Sent once, after the last definition; a failure is reported with the same event: one definition that failed gives the whole its code, and what was made is listed all the same. Codes of failed jobs are negative.',
});
