import { z } from 'zod';
import { defineAction } from '../../action.ts';

export const GetVodFileCount = defineAction({
  name: 'GetVodFileCount',
  aliases: [],
  group: 'stat',
  summary: 'How many videos the application has. The shape is our own.',
  protocol: 'text',
  rateLimitPerMinute: null,
  async: false,
  events: [],
  params: z.object({}),
  result: z.object({ data: z.object({ count: z.number().int().describe('Videos.') }) }),
  errors: [],
  example: {
    request: 'Action=GetVodFileCount',
    response: { code: 0, message: '', data: { count: 42 } },
  },
  notes: 'Nothing but the name of the call is known.',
});
