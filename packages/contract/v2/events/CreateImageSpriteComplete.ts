import { z } from 'zod';
import { defineEvent } from './event.ts';

const integer = () => z.number().int();

export const CreateImageSpriteComplete = defineEvent({
  name: 'CreateImageSpriteComplete',
  summary: 'A sprite was made, or could not be.',
  data: z.object({
    status: integer().describe('0: ok; otherwise a processing error code.'),
    message: z.string().describe('Error text.'),
    vodTaskId: z.string().describe('The task.'),
    fileId: z.string(),
    definition: integer().optional().describe('Sprite template.'),
    totalCount: integer().optional().describe('Small pictures of all sheets.'),
    imageSpriteUrl: z.array(z.string()).optional().describe('Sheets.'),
    webVttUrl: z.string().optional().describe('Which small picture is whose time.'),
  }),
  example: {
    status: 0,
    message: '',
    vodTaskId: 'CreateImageSprite-00112233445566778899aabbccddeeff',
    fileId: '14508070000000001',
    definition: 10,
    totalCount: 106,
    imageSpriteUrl: ['http://host/s1.png', 'http://host/s2.png'],
    webVttUrl: 'http://host/s.vtt',
  },
  notes: 'A failure has status, message, vodTaskId and fileId only.',
});
