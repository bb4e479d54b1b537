import { z } from 'zod';
import { defineAction, internalErrors } from '../../action.ts';

const place = (edge: string) =>
  z
    .union([z.number().int(), z.string()])
    .describe(
      `From the ${edge} edge of the video: percent, or text such as 20px where it is no whole percent.`,
    );

export const GetWatermarkList = defineAction({
  name: 'GetWatermarkList',
  aliases: [],
  group: 'template',
  summary: 'The older list of watermarks; QueryWatermarkTemplateList took its place.',
  protocol: 'text',
  rateLimitPerMinute: 100,
  async: false,
  events: [],
  params: z.object({}),
  result: z.object({
    definitionList: z.array(
      z.object({
        definition: z.number().int().describe('Number of the template.'),
        id: z.number().int().describe('The same.'),
        name: z.string(),
        url: z.string().describe('Address of the picture.'),
        left: place('left'),
        top: place('upper'),
        createTime: z.string().describe('YYYY-MM-DD hh:mm:ss, UTC+8.'),
      }),
    ),
  }),
  errors: [
    ...internalErrors(1),
    { code: 1000, meaning: 'invalid parameter' },
    ...internalErrors(1001, 1003, 2000, 10022),
  ],
  example: {
    request: 'Action=GetWatermarkList',
    response: {
      code: 0,
      message: '',
      definitionList: [
        {
          ...{ definition: 5, id: 5, name: 'wm1.png', url: 'http://storage.example.com/wm/1.png' },
          ...{ left: 10, top: 10, createTime: '2015-04-24 12:18:47' },
        },
      ],
    },
  },
});
