import { z } from 'zod';
import { defineAction } from '../../action.ts';
import { list, text } from '../../wire.ts';

export const GetVodTaskStatus = defineAction({
  name: 'GetVodTaskStatus',
  aliases: [],
  group: 'task',
  summary: 'Says how far some tasks of the last 72 hours are, in a word for each.',
  protocol: 'text',
  rateLimitPerMinute: null,
  async: false,
  events: [],
  params: z.object({
    taskId: list(text({ min: 1, max: 128 }), { min: 1, max: 100 }).describe('The tasks.'),
  }),
  result: z.object({
    taskList: z
      .array(
        z.object({
          taskId: z.string(),
          status: z.enum(['Queuing', 'Processing', 'Finished', 'NotFound']),
        }),
      )
      .describe('One element for each id, in their order.'),
  }),
  errors: [],
  example: {
    request: 'Action=GetVodTaskStatus&taskId.0=aaa&taskId.1=bbb',
    response: {
      code: 0,
      message: '',
      taskList: [
        { taskId: 'aaa', status: 'Finished' },
        { taskId: 'bbb', status: 'NotFound' },
      ],
    },
  },
  notes:
    'An older call: GetTaskInfo says more. An id that nobody has, or whose task ended more than 72 hours ago, is NotFound and fails nothing. The original knew transcodes and task flows here; every task is known now. At most 100 ids a call (our choice).',
});
