import { z } from 'zod';
import { defineAction } from '../../action.ts';
import { fileId, list, object } from '../../wire.ts';

export const CreateScreenShot = defineAction({
  name: 'CreateScreenShot',
  aliases: [],
  group: 'media',
  summary:
    'Despite its name, lists the pictures of videos at 0 %, 10 % to 90 % of their time, as the oldest clients ask for them.',
  protocol: 'text',
  rateLimitPerMinute: null,
  async: false,
  events: [],
  params: z.object({
    pullset: list(object({ fileId: fileId().describe('Which video.') }), { min: 1, max: 100 }).describe(
      'The videos.',
    ),
  }),
  result: z.object({
    data: z.object({
      list: z
        .array(
          z.object({
            code: z.number().int().describe('0, or 10008 when there is no such video.'),
            message: z.string().describe('Empty, or what is wrong.'),
            imgUrls: z
              .array(
                z.object({
                  id: z.number().int().describe('1 is the picture at 0 %, 10 that at 90 %.'),
                  url: z.string(),
                  vheight: z.string().describe('px, in digits.'),
                  vwidth: z.string().describe('px, in digits.'),
                }),
              )
              .describe('Empty when none were taken.'),
          }),
        )
        .describe('In the order of pullset.'),
    }),
  }),
  errors: [{ code: 1000, meaning: 'invalid parameter (our choice)' }],
  example: {
    request: 'Action=CreateScreenShot&pullset.0.fileId=16092504232103511902&pullset.0.playStatus=0',
    response: {
      code: 0,
      message: '',
      data: {
        list: [
          {
            code: 0,
            message: '',
            imgUrls: [{ id: 1, url: 'http://example.com/a_1/640', vwidth: '640', vheight: '360' }],
          },
        ],
      },
    },
  },
  notes:
    'playStatus, which the sample of the original sends, has no effect. Takes no pictures: those of sampling templates at every 10 % are listed, of which 10 is one (isScreenshot, sampleSnapshot of ProcessFile, a task flow). The page of the original has code 1 for a video whose pictures it lists; here that is 0.',
});
