import { z } from 'zod';
import { defineAction } from '../../action.ts';
import { fileId } from '../../wire.ts';

export const DescribeAutoScreenShot = defineAction({
  name: 'DescribeAutoScreenShot',
  aliases: [],
  group: 'media',
  summary: 'The sampled pictures of a video, as the oldest clients ask for them; GetVideoInfo says more.',
  protocol: 'text',
  rateLimitPerMinute: null,
  async: false,
  events: [],
  params: z.object({ fileId: fileId().describe('Which video.') }),
  result: z.object({
    imageurls: z
      .array(
        z.object({
          id: z.number().int().describe('Which picture, from 1 on in the order of time.'),
          url: z.string(),
          vheight: z.string().describe('px, in digits.'),
          vwidth: z.string().describe('px, in digits.'),
        }),
      )
      .describe('Empty when none were taken.'),
  }),
  errors: [
    { code: 1000, meaning: 'invalid parameter (our choice)' },
    { code: 10008, meaning: 'file does not exist (our choice; the documents name no code)' },
  ],
  example: {
    request: 'Action=DescribeAutoScreenShot&fileId=8782277315343726561',
    response: {
      code: 0,
      message: '',
      imageurls: [{ id: 1, url: 'http://example.com/a_1/640', vheight: '360', vwidth: '640' }],
    },
  },
  notes:
    'The original took four sizes of each picture with every transcode. Here they are the sampled snapshots that were asked for (isScreenshot, sampleSnapshot of ProcessFile, a task flow), in the size of their template; of several templates one after the other.',
});
