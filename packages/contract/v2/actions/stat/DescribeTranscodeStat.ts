import { z } from 'zod';
import { defineAction } from '../../action.ts';
import { text } from '../../wire.ts';

export const DescribeTranscodeStat = defineAction({
  name: 'DescribeTranscodeStat',
  aliases: [],
  group: 'stat',
  summary: 'What was transcoded on each day, by codec. The shape is our own.',
  protocol: 'text',
  rateLimitPerMinute: null,
  async: false,
  events: [],
  params: z.object({
    startDate: text({ min: 1, max: 32 }).describe('First day, yyyy-MM-dd; at most 365 days back.'),
    endDate: text({ min: 1, max: 32 }).describe('Last day, yyyy-MM-dd.'),
  }),
  result: z.object({
    data: z
      .array(
        z.object({
          date: z.string().describe('Day, yyyy-MM-dd.'),
          list: z.array(
            z.object({
              format: z
                .string()
                .describe('Codec of the picture, of the sound where there is none: h264, hevc, mp3.'),
              duration: z.number().int().describe('Of what was made, seconds.'),
              count: z.number().int().describe('Renditions.'),
            }),
          ),
        }),
      )
      .describe('Days on which something was made, oldest first.'),
  }),
  errors: [
    { code: 1000, meaning: 'invalid parameter' },
    { code: 17015, meaning: 'startDate or endDate invalid, or too long ago' },
  ],
  fieldNames: { from: 'startDate', until: 'endDate' },
  refusals: { 'call.parameter': 1000 },
  example: {
    request: 'Action=DescribeTranscodeStat&startDate=2018-03-01&endDate=2018-03-02',
    response: {
      code: 0,
      message: '',
      data: [{ date: '2018-03-01', list: [{ format: 'h264', duration: 178, count: 2 }] }],
    },
  },
  notes:
    'The page of the original is not to be had; it is known to list format, duration and number by day. A rendition counts on the day that it was done, copied or encoded, in the transaction that says so.',
});
