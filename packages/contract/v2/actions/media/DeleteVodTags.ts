import { z } from 'zod';
import { defineAction, internalErrors } from '../../action.ts';
import { fileId, list, text } from '../../wire.ts';

export const DeleteVodTags = defineAction({
  name: 'DeleteVodTags',
  aliases: ['DeleteVideoTags'],
  group: 'media',
  summary: 'Removes one or more tags from one video.',
  protocol: 'text',
  rateLimitPerMinute: 100,
  async: false,
  events: [],
  params: z.object({
    fileId: fileId().describe('Which video.'),
    tags: list(text({ max: 128 }), { min: 1, max: 100 }).describe('Tags to remove.'),
  }),
  result: z.object({}),
  errors: [
    { code: 1000, meaning: 'invalid parameter' },
    { code: 10008, meaning: 'file does not exist' },
    ...internalErrors(1),
  ],
  example: {
    request: 'Action=DeleteVodTags&fileId=2721945854681023354&tags.1=testTag1',
    response: { code: 0, message: '' },
  },
  notes:
    'Removing a tag that the video does not have is a success. Tags set at upload may be longer than the 8 characters of CreateVodTags, so any length can be removed.',
});
