import { z } from 'zod';
import { defineAction, internalErrors } from '../../action.ts';
import { fileId, int, list, withDefault } from '../../wire.ts';

export const CreateSnapshotByTimeOffset = defineAction({
  name: 'CreateSnapshotByTimeOffset',
  aliases: ['CreateSnapShotByTime', 'SnapShotByTime'],
  group: 'processing',
  summary: 'Takes pictures of a video at a list of times.',
  protocol: 'text',
  rateLimitPerMinute: 100,
  async: true,
  repeatable: false,
  events: ['CreateSnapshotByTimeOffsetComplete'],
  params: z.object({
    fileId: fileId().describe('Which video.'),
    definition: withDefault(int(), 10).describe('Snapshot template. A client is known that leaves it out.'),
    timeOffset: list(int({ min: 0 }), { min: 1, max: 1000 }).describe('Positions in the video, ms.'),
  }),
  otherNames: { dstTimeList: 'timeOffset' },
  result: z.object({
    vodTaskId: z.string().describe('Id of the task, as in CreateSnapshotByTimeOffsetComplete.'),
  }),
  errors: [
    { code: 1000, meaning: 'invalid parameter' },
    { code: 10008, meaning: 'file does not exist (our choice; the documents name no code for it)' },
    { code: 10009, meaning: 'file is in a state that does not allow it' },
    ...internalErrors(1, 1108, 1152, 1801, 1802, 2000, 2001, 10010, 10012),
  ],
  example: {
    request:
      'Action=CreateSnapshotByTimeOffset&fileId=96000077184630899&definition=10&timeOffset.0=1&timeOffset.1=20',
    response: { code: 0, message: '', vodTaskId: 'SnapshotByTime-1edb7eb88a599d05abe451cfc541cfbd' },
  },
  notes:
    'Each picture has a result of its own: a time that the video does not last until fails alone, with -44099. A later task with the same definition takes the place of the pictures of the one before, all at once. The oldest page allows ten times a call, later ones name no limit; 1000 is ours. They also appear in snapshotByTimeOffsetInfo of GetVideoInfo.',
});
