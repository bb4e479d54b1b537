import { z } from 'zod';
import { defineAction } from '../../action.ts';

export const GetUserStatus = defineAction({
  name: 'GetUserStatus',
  aliases: [],
  group: 'stat',
  summary: 'State of the application. The shape is our own.',
  protocol: 'text',
  rateLimitPerMinute: null,
  async: false,
  events: [],
  params: z.object({}),
  result: z.object({
    data: z.object({
      appId: z.string().describe('Which application the call means.'),
      status: z.string().describe('Always normal: the calls of one that is switched off answer 4300.'),
      createTime: z.string().describe('YYYY-MM-DD hh:mm:ss, UTC+8.'),
    }),
  }),
  errors: [],
  example: {
    request: 'Action=GetUserStatus',
    response: {
      code: 0,
      message: '',
      data: { appId: '1250000001', status: 'normal', createTime: '2018-03-01 00:00:00' },
    },
  },
  notes: 'Nothing but the name of the call is known.',
});
