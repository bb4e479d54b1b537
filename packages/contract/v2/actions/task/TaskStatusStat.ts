import { z } from 'zod';
import { defineAction } from '../../action.ts';
import { optional, word } from '../../wire.ts';

export const TaskStatusStat = defineAction({
  name: 'TaskStatusStat',
  aliases: ['ShowTaskStat'],
  group: 'task',
  summary: 'Counts the tasks of the last 72 hours by status.',
  protocol: 'text',
  rateLimitPerMinute: null,
  async: false,
  events: [],
  params: z.object({
    status: optional(word(['WAITING', 'PROCESSING', 'FINISHED'])).describe(
      'Only this one; all when left out.',
    ),
  }),
  result: z.object({
    data: z
      .array(
        z.object({
          status: z.enum(['WAITING', 'PROCESSING', 'FINISHED']),
          totalCount: z.number().int().describe('Number of tasks.'),
        }),
      )
      .describe('One element a status, also where there is none.'),
  }),
  errors: [],
  example: {
    request: 'Action=TaskStatusStat',
    response: {
      code: 0,
      message: '',
      data: [
        { status: 'WAITING', totalCount: 100 },
        { status: 'PROCESSING', totalCount: 20 },
        { status: 'FINISHED', totalCount: 2000 },
      ],
    },
  },
  notes: 'The status is matched without regard to case.',
});
