import { z } from 'zod';
import { defineAction, internalErrors } from '../../action.ts';
import { fileId, int, list } from '../../wire.ts';

export const DeleteKeyFrameDesc = defineAction({
  name: 'DeleteKeyFrameDesc',
  aliases: [],
  group: 'media',
  summary: 'Removes the texts at some moments of a video.',
  protocol: 'text',
  rateLimitPerMinute: 100,
  async: false,
  events: [],
  params: z.object({
    fileId: fileId().describe('Which video.'),
    keyFrameDescTimeOffset: list(int({ min: 0 }), { min: 1, max: 100 }).describe('The moments, ms.'),
  }),
  result: z.object({}),
  errors: [
    { code: 1000, meaning: 'invalid parameter (our choice, as in AddKeyFrameDesc)' },
    { code: 10008, meaning: 'file does not exist (our choice, as in AddKeyFrameDesc)' },
    ...internalErrors(1, 1013),
  ],
  example: {
    request: 'Action=DeleteKeyFrameDesc&fileId=2721945854681023354&keyFrameDescTimeOffset.0=1000',
    response: { code: 0, message: '' },
  },
  notes:
    'A moment at which there is no text is passed over. No page of the original describes this call; clients know it.',
});
