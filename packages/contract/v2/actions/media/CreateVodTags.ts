import { z } from 'zod';
import { defineAction, internalErrors } from '../../action.ts';
import { fileId, list, text } from '../../wire.ts';

export const CreateVodTags = defineAction({
  name: 'CreateVodTags',
  aliases: ['AddVideoTags'],
  group: 'media',
  summary: 'Adds one or more tags to a video.',
  protocol: 'text',
  rateLimitPerMinute: 100,
  async: false,
  events: [],
  params: z.object({
    fileId: fileId().describe('Which video.'),
    // What a tag is, the library says, so that every breach of the rule has the same code.
    tags: list(text(), { min: 1 }).describe(
      'Letters, digits and Chinese characters, at most 8 characters each; 100 a video.',
    ),
  }),
  result: z.object({}),
  errors: [
    { code: 1000, meaning: 'invalid parameter' },
    { code: 10008, meaning: 'file does not exist' },
    ...internalErrors(1, 1013),
  ],
  example: {
    request: 'Action=CreateVodTags&fileId=2721945854681023354&tags.1=testTag1',
    response: { code: 0, message: '' },
  },
  notes:
    'Adding a tag that the video has already is a success. Tags show in DescribeVodInfo. Whatever is wrong with a tag, or when there are too many, the answer is 1000, and none is added.',
});
