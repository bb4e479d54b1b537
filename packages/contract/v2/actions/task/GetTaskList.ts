import { z } from 'zod';
import { defineAction, internalErrors } from '../../action.ts';
import { fileId, int, optional, pageSize, text, word } from '../../wire.ts';
import { olderTask } from './older-task.ts';

const cursor = (group: string) =>
  optional(text({ max: 128 })).describe(
    `Goes on after this: next of the ${group} group in the answer before.`,
  );

const listedTask = z.object({
  vodTaskId: z.string(),
  type: z.string().describe('procedure, transcode, pull, clip, concat, snapshotByTimeOffset or imageSprite.'),
  createTime: z.number().int().describe('Unix seconds.'),
  beginProcessTime: z.number().int().describe('Unix seconds; 0 while waiting.'),
  finishTime: z.number().int().describe('Last change of the task, Unix seconds.'),
});

export const GetTaskList = defineAction({
  name: 'GetTaskList',
  aliases: [],
  group: 'task',
  summary: 'Lists the tasks of the last 72 hours, grouped by status.',
  protocol: 'text',
  rateLimitPerMinute: 100,
  async: false,
  events: [],
  params: z.object({
    fileId: optional(fileId()).describe('Only tasks of this video.'),
    status: optional(
      word(['WAITING', 'PROCESSING', 'FINISHED'], {
        QUEUE: 'WAITING',
        Queuing: 'WAITING',
        Finish: 'FINISHED',
      }),
    ).describe('Only this group; all three when left out. Matched without regard to case.'),
    maxCount: pageSize({ default: 10, max: 100 }).describe('Tasks in each group.'),
    nextForWaiting: cursor('WAITING'),
    nextForProcessing: cursor('PROCESSING'),
    nextForFinished: cursor('FINISHED'),
    vodTaskId: optional(text({ max: 128 })).describe('Older form: only this task.'),
    order: optional(word(['asc', 'desc'])).describe('Older form: by creation time; asc when left out.'),
    next: optional(text({ max: 128 })).describe(
      'Older form: goes on after this creation time, Unix seconds, or after the task of this id.',
    ),
    startTime: optional(int({ min: 0 })).describe('Older form: only tasks created after this, Unix seconds.'),
    endTime: optional(int({ min: 0 })).describe('Older form: only tasks created before this, Unix seconds.'),
    size: optional(pageSize({ default: 10, max: 100 })).describe('Older form: how many.'),
  }),
  result: z.object({
    data: z
      .array(
        z.object({
          status: z.enum(['WAITING', 'PROCESSING', 'FINISHED']),
          next: z.string().describe('Cursor of the group; empty when it is exhausted.'),
          taskList: z.array(listedTask),
          vodTaskList: z.array(listedTask).optional().describe('The same; documents use both names.'),
        }),
      )
      .describe('One element a status group, empty groups included.'),
    vodTaskList: z
      .array(olderTask)
      .optional()
      .describe('The list of the older form, when one of its parameters is given.'),
    procedureList: z.array(olderTask).optional().describe('The same; documents use both names.'),
  }),
  errors: [{ code: 1000, meaning: 'invalid parameter' }, ...internalErrors(10702)],
  example: {
    request: 'Action=GetTaskList&status=PROCESSING&maxCount=10',
    response: {
      code: 0,
      message: '',
      data: [
        {
          status: 'PROCESSING',
          next: '5a0000000000000000000001',
          taskList: [
            {
              vodTaskId: '1250000001-Procedure-00112233445566778899aabbccddeeff',
              type: 'procedure',
              createTime: 1485156352,
              beginProcessTime: 1485156354,
              finishTime: 1485156380,
            },
          ],
        },
      ],
    },
  },
  notes:
    'Each group is newest first, and there when it is empty. maxCount is documented as 10 to 100: smaller ones are honoured, a larger one counts as 100, absent or 0 as 10. The older, flat form is answered beside the groups when one of its parameters is given; they have no effect on the groups. The status words of the older, flat form of this call (QUEUE, Processing, Finish) work too.',
});
