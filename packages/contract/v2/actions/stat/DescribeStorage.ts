import { z } from 'zod';
import { defineAction } from '../../action.ts';

export const DescribeStorage = defineAction({
  name: 'DescribeStorage',
  aliases: [],
  group: 'stat',
  summary: 'How much the files of the application take now. The shape is our own.',
  protocol: 'text',
  rateLimitPerMinute: null,
  async: false,
  events: [],
  params: z.object({}),
  result: z.object({ data: z.object({ used_space: z.number().int().describe('Bytes.') }) }),
  errors: [],
  example: {
    request: 'Action=DescribeStorage',
    response: { code: 0, message: '', codeDesc: 'Success', data: { used_space: 1024 } },
  },
  notes:
    'The page of the original is not to be had: the answer is that of DescribeVodStorage, and parameters are ignored.',
});
