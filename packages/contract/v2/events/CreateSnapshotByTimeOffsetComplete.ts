import { z } from 'zod';
import { defineEvent } from './event.ts';

const integer = () => z.number().int();

export const CreateSnapshotByTimeOffsetComplete = defineEvent({
  name: 'CreateSnapshotByTimeOffsetComplete',
  summary: 'Pictures at given times were taken, or could not be.',
  data: z.object({
    vodTaskId: z.string().describe('The task.'),
    fileId: z.string(),
    definition: integer().describe('Snapshot template.'),
    picInfo: z
      .array(
        z.object({
          status: integer().describe('0: ok; otherwise a processing error code.'),
          timeOffset: integer().describe('ms.'),
          url: z.string().optional().describe('Absent when it failed.'),
        }),
      )
      .describe('One element a time, in the order in which they were asked for.'),
  }),
  example: {
    vodTaskId: 'CreateSnapshotByTimeOffset-00112233445566778899aabbccddeeff',
    fileId: '14508070000000001',
    definition: 10,
    picInfo: [
      { status: 0, timeOffset: 1000, url: 'http://host/1.png' },
      { status: -46204, timeOffset: 1000000 },
    ],
  },
  notes:
    "There is no status of the whole: each picture has its own. The sample's -46204 is in no list; here a time beyond the end has -44099.",
});
