import { z } from 'zod';
import { defineAction } from '../../action.ts';

export const RegisterVod = defineAction({
  name: 'RegisterVod',
  aliases: [],
  group: 'stat',
  summary: 'Opens the service for an account: whoever can call has it, and is told so. The shape is our own.',
  protocol: 'text',
  rateLimitPerMinute: null,
  async: false,
  events: [],
  params: z.object({}),
  result: z.object({
    data: z.object({
      appId: z.string().describe('Which application the call means.'),
      isNew: z.number().int().describe('Always 0: accounts are made by the operator, with their first key.'),
    }),
  }),
  errors: [],
  example: {
    request: 'Action=RegisterVod',
    response: { code: 0, message: '', data: { appId: '1250000001', isNew: 0 } },
  },
  notes: 'Nothing but the name of the call is known. It changes nothing.',
});
