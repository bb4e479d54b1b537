import { z } from 'zod';
import { defineAction, internalErrors } from '../../action.ts';
import { fileId, int, list, object, text } from '../../wire.ts';

export const AddKeyFrameDesc = defineAction({
  name: 'AddKeyFrameDesc',
  aliases: [],
  group: 'media',
  summary: 'Puts texts at moments of a video, for players to show on their progress bar.',
  protocol: 'text',
  rateLimitPerMinute: 100,
  async: false,
  events: [],
  params: z.object({
    fileId: fileId().describe('Which video.'),
    keyFrameDesc: list(
      object({
        timeOffset: int({ min: 0 }).describe('Where, ms. A text that is there already is replaced.'),
        content: text({ min: 1, max: 1024 }).describe('The text, at most 1,024 bytes in UTF-8.'),
      }),
      { min: 1, max: 100 },
    ).describe('The texts; a video has 100 at most.'),
  }),
  fieldNames: { marks: 'keyFrameDesc', content: 'keyFrameDesc.content' },
  result: z.object({}),
  errors: [
    { code: 1000, meaning: 'invalid parameter' },
    { code: 10008, meaning: 'file does not exist' },
    ...internalErrors(1, 1013),
  ],
  example: {
    request:
      'Action=AddKeyFrameDesc&fileId=2721945854681023354&keyFrameDesc.0.timeOffset=1000&keyFrameDesc.0.content=content1&keyFrameDesc.1.timeOffset=42000&keyFrameDesc.1.content=content2',
    response: { code: 0, message: '' },
  },
  notes:
    'They show in section keyFrameDescInfo of GetVideoInfo. All are added or none. Of two at the same moment in one call the later one counts. A moment beyond the end of the video is kept.',
});
