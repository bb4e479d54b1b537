import { z } from 'zod';
import { defineAction, internalErrors } from '../../action.ts';
import { fileId, int, optional, pageSize, withDefault, word } from '../../wire.ts';
import { olderTask } from './older-task.ts';

export const GetTaskListByFileId = defineAction({
  name: 'GetTaskListByFileId',
  aliases: [],
  group: 'task',
  summary: 'Lists the tasks of one video of the last 72 hours.',
  protocol: 'text',
  rateLimitPerMinute: 100,
  async: false,
  events: [],
  params: z.object({
    fileId: fileId().describe('Which video.'),
    order: withDefault(word(['asc', 'desc']), 'asc').describe('By creation time.'),
    next: optional(int({ min: 0 })).describe(
      'Goes on after this creation time, Unix seconds: later ones with asc, earlier ones with desc.',
    ),
    startTime: optional(int({ min: 0 })).describe('Only tasks created after this, Unix seconds.'),
    endTime: optional(int({ min: 0 })).describe('Only tasks created before this, Unix seconds.'),
    size: pageSize({ default: 10, max: 100 }).describe('How many.'),
    status: optional(word(['Processing', 'Finish'])).describe('Only these. A task that waits is Processing.'),
  }),
  result: z.object({
    vodTaskList: z.array(olderTask),
    procedureList: z.array(olderTask).optional().describe('The same; documents use both names.'),
  }),
  errors: [{ code: 1000, meaning: 'invalid parameter' }, ...internalErrors(10702)],
  example: {
    request: 'Action=GetTaskListByFileId&fileId=9031868220000000001',
    response: {
      code: 0,
      message: '',
      vodTaskList: [
        {
          vodTaskId: '1250000001-Procedure-00112233445566778899aabbccddeeff',
          type: 'procedure',
          status: 'PROCESSING',
          createTime: 1485156352,
          updateTime: 1485156360,
        },
      ],
    },
  },
  notes:
    'An older call: GetTaskList with fileId says more, and its cursor does not skip tasks that were created in the same second. Also tasks that only read the video are listed. Times before the last three days find nothing; they are no error. A video that does not exist has no tasks.',
});
