import { z } from 'zod';
import { defineEvent } from './event.ts';

export const NewFileUpload = defineEvent({
  name: 'NewFileUpload',
  summary: 'A video has been uploaded and registered.',
  data: z.object({
    status: z.number().int().describe('Always 0.'),
    message: z.string().describe('Always empty.'),
    fileId: z.string(),
    fileName: z.string().describe('Display name.'),
    coverUrl: z.string().describe('Cover address; empty when there is none.'),
    fileUrl: z.string().describe('Address of the source.'),
    author: z.string().describe('May be empty.'),
    sourceType: z.enum(['Record', 'ClientUpload', 'ServerUpload', 'Pull']),
    sourceContext: z.string().describe('What the uploader passed to be handed through, up to 256 bytes.'),
    streamId: z.string().describe('Push stream; of recordings only, empty otherwise.'),
    procedureTaskId: z.string().optional().describe('Task flow, when the upload started one.'),
    transcodeTaskId: z.string().optional().describe('Transcode task, when the upload started one.'),
  }),
  example: {
    status: 0,
    message: '',
    fileId: '14508070000000001',
    fileName: 'show title',
    coverUrl: 'http://host/c.jpg',
    fileUrl: 'http://host/vod/14508070000000001/f0.flv',
    transcodeTaskId: 'transcode-00112233445566778899aabbccddeeff',
    procedureTaskId: '1250000001-mango-00112233445566778899aabbccddeeff',
    sourceType: 'ServerUpload',
    sourceContext: 'order-42',
    author: '',
    streamId: '',
  },
  notes:
    'The pages have no status and no message here, unlike for other events; deliveries of the original have them, so they are sent. procedureTaskId and transcodeTaskId are absent when nothing was started.',
});
