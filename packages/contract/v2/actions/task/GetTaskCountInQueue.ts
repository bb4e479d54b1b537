import { z } from 'zod';
import { defineAction } from '../../action.ts';

export const GetTaskCountInQueue = defineAction({
  name: 'GetTaskCountInQueue',
  aliases: [],
  group: 'task',
  summary: 'Counts the tasks that wait.',
  protocol: 'text',
  rateLimitPerMinute: null,
  async: false,
  events: [],
  params: z.object({}),
  ignored: ['taskId'],
  result: z.object({ num: z.number().int().describe('Waiting tasks.') }),
  errors: [],
  example: {
    request: 'Action=GetTaskCountInQueue',
    response: { code: 0, message: '', num: 5000 },
  },
  notes:
    'TaskStatusStat says more. One of two old pages requires a taskId, which its own example leaves out.',
});
