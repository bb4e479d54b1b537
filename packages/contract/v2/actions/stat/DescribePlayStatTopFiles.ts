import { z } from 'zod';
import { defineAction } from '../../action.ts';
import { fileStatInfo } from '../../shapes.ts';
import { optional, text } from '../../wire.ts';

export const DescribePlayStatTopFiles = defineAction({
  name: 'DescribePlayStatTopFiles',
  aliases: [],
  group: 'stat',
  summary: 'The 100 most played videos of a day. The shape is our own.',
  protocol: 'text',
  rateLimitPerMinute: null,
  async: false,
  events: [],
  params: z.object({
    date: text({ min: 1, max: 32 }).describe('Day, yyyy-MM-dd; at most 90 days back.'),
    host: optional(text({ max: 255 })).describe('Of this domain only; empty for all.'),
  }),
  result: z.object({ data: z.array(fileStatInfo()).describe('At most 100, most plays first.') }),
  errors: [
    { code: 1000, meaning: 'invalid parameter' },
    { code: 17010, meaning: 'host invalid' },
    { code: 17015, meaning: 'date invalid, or too long ago' },
  ],
  fieldNames: { from: 'date', hosts: 'host' },
  refusals: { 'call.parameter': 1000 },
  example: {
    request: 'Action=DescribePlayStatTopFiles&date=2018-03-01&host=',
    response: {
      code: 0,
      message: '',
      data: [
        {
          fileId: '123345',
          name: 'test',
          size: 47890,
          duration: 89,
          createTime: '2017-07-10 10:03:16',
          playTimes: 2,
          flux: 95780,
        },
      ],
    },
  },
  notes:
    'The page of the original is not to be had: parameters are those that a client sends, the answer has what GetVodFileStatInfo lists.',
});
