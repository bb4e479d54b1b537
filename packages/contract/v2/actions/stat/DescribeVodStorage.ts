import { z } from 'zod';
import { defineAction, internalErrors } from '../../action.ts';

export const DescribeVodStorage = defineAction({
  name: 'DescribeVodStorage',
  aliases: [],
  group: 'stat',
  summary: 'How much the files of the application take now.',
  protocol: 'text',
  rateLimitPerMinute: 100,
  async: false,
  events: [],
  params: z.object({}),
  result: z.object({ data: z.object({ used_space: z.number().int().describe('Bytes.') }) }),
  errors: [{ code: 1000, meaning: 'invalid parameter' }, ...internalErrors(1, 1001, 1003, 2000, 10022)],
  example: {
    request: 'Action=DescribeVodStorage',
    response: { code: 0, message: '', codeDesc: 'Success', data: { used_space: 1024 } },
  },
  notes: 'Sources, renditions, playlists and what was taken from videos. It is counted as files come and go.',
});
