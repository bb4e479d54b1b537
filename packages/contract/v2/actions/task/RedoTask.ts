import { z } from 'zod';
import { defineAction, internalErrors } from '../../action.ts';
import { text } from '../../wire.ts';

export const RedoTask = defineAction({
  name: 'RedoTask',
  aliases: [],
  group: 'task',
  summary: 'Runs an ended task of the last 72 hours again under the same id; success overwrites its result.',
  protocol: 'text',
  rateLimitPerMinute: 100,
  async: true,
  repeatable: false,
  events: ['ProcedureStateChanged', 'TranscodeComplete'],
  params: z.object({
    vodTaskId: text({ min: 1, max: 128 }).describe('Task to run again.'),
  }),
  result: z.object({}),
  errors: [
    { code: 1000, meaning: 'invalid parameter' },
    { code: 10026, meaning: 'task does not exist, or has not ended' },
    ...internalErrors(10027),
  ],
  example: {
    request: 'Action=RedoTask&vodTaskId=1250000001-Procedure-00112233445566778899aabbccddeeff',
    response: { code: 0, message: '' },
  },
  notes:
    "The rerun ends with the task's usual event. What it makes takes the place of the earlier result under the same addresses; who is watching that one has a day to finish. It makes what the templates said when the task was started. No such task, one that has not ended and one whose video was deleted answer the same code.",
});
