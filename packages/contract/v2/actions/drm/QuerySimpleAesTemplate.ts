import { z } from 'zod';
import { defineAction, internalErrors } from '../../action.ts';

export const QuerySimpleAesTemplate = defineAction({
  name: 'QuerySimpleAesTemplate',
  aliases: [],
  group: 'drm',
  summary: 'Lists the encryption templates of the application.',
  protocol: 'text',
  rateLimitPerMinute: 100,
  async: false,
  events: [],
  params: z.object({}),
  result: z.object({
    data: z
      .array(
        z.object({
          definition: z.number().int().describe('Number of the template.'),
          get_key_url: z.string().describe('Address of the key server.'),
        }),
      )
      .describe('By number.'),
  }),
  errors: [{ code: 1000, meaning: 'invalid parameter' }, ...internalErrors(10702)],
  example: {
    request: 'Action=QuerySimpleAesTemplate',
    response: {
      code: 0,
      message: '',
      codeDesc: 'Success',
      data: [{ definition: 10, get_key_url: 'https://keys.example.com/getkey' }],
    },
  },
});
