import { z } from 'zod';
import { defineAction, internalErrors } from '../../action.ts';

export const DescribeClass = defineAction({
  name: 'DescribeClass',
  aliases: ['GetAllClassInfo', 'GetClassInfo'],
  group: 'class',
  summary:
    'Returns a flat list of all classes of the account with their times. DescribeAllClass has the tree.',
  protocol: 'text',
  rateLimitPerMinute: 100,
  async: false,
  events: [],
  params: z.object({}),
  result: z.object({
    data: z
      .array(
        z.object({
          id: z.string().describe('Class id as text; "0" is the default class.'),
          name: z.string().describe('The default class is called 其他 (Other).'),
          create_time: z.string().describe('YYYY-MM-DD hh:mm:ss, UTC+8.'),
          update_time: z.string().describe('YYYY-MM-DD hh:mm:ss, UTC+8.'),
        }),
      )
      .describe('All classes, the built-in default class included.'),
  }),
  errors: [{ code: 1000, meaning: 'invalid parameter' }, ...internalErrors(1023)],
  example: {
    request: 'Action=DescribeClass',
    response: {
      code: 0,
      message: '',
      data: [
        { id: '0', name: '其他', create_time: '2014-11-27 10:22:37', update_time: '2014-11-27 17:52:13' },
        { id: '98', name: 'films', create_time: '2015-04-08 09:52:20', update_time: '2015-04-08 09:52:20' },
      ],
    },
  },
  notes:
    'The built-in default class 0 is in the list. Ids are text here and numbers in DescribeAllClass. Field names are in snake case.',
});
