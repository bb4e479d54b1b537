import { z } from 'zod';
import { defineAction } from '../../action.ts';

export const DescribeVodHosts = defineAction({
  name: 'DescribeVodHosts',
  aliases: [],
  group: 'stat',
  summary: 'Domains that the videos of the application are delivered under. The shape is our own.',
  protocol: 'text',
  rateLimitPerMinute: null,
  async: false,
  events: [],
  params: z.object({}),
  result: z.object({
    data: z.array(
      z.object({
        host: z.string().describe('Domain; `other` for all that are not told apart.'),
        status: z
          .string()
          .describe('online: something was delivered under it in the last 90 days; unused: not yet.'),
        firstDate: z.string().describe('Day of the first delivery, yyyy-MM-dd; empty for none.'),
        lastDate: z.string().describe('Day of the last delivery, yyyy-MM-dd; empty for none.'),
      }),
    ),
  }),
  errors: [],
  example: {
    request: 'Action=DescribeVodHosts',
    response: {
      code: 0,
      message: '',
      data: [
        { host: '123.vod2.myqcloud.com', status: 'online', firstDate: '2018-03-01', lastDate: '2018-03-02' },
      ],
    },
  },
  notes:
    'The page of the original is not to be had. Listed are the host of the public address, and up to 64 others that something was delivered under.',
});
