import { z } from 'zod';
import { defineAction, internalErrors } from '../../action.ts';
import { fileId, text } from '../../wire.ts';

const task = (what: string) => z.string().optional().describe(`Task of ${what}.`);

export const ProcessFileByProcedure = defineAction({
  name: 'ProcessFileByProcedure',
  aliases: [],
  group: 'processing',
  summary:
    'Runs a task flow, which is named with its arguments, on a video; transcodes become a task of their own.',
  protocol: 'text',
  rateLimitPerMinute: 100,
  async: true,
  repeatable: false,
  events: ['ProcedureStateChanged', 'TranscodeComplete'],
  params: z.object({
    fileId: fileId().describe('Which video.'),
    procedure: text({ min: 1, max: 4096 }).describe(
      'Name of the flow with its arguments, as in QCVB_SimpleProcessFile({210,220},1,10).',
    ),
  }),
  result: z.object({
    transcodeTaskId: task('the transcodes, as in TranscodeComplete; absent when there are none'),
    imageSpriteTaskId: task('the sprite; no flow that there is makes one'),
    coverBySnapshotTaskId: task('the cover; absent when there is none'),
    sampleSnapshotTaskId: task('the sampled snapshots; absent when there are none'),
    procedureTaskId: task(
      'all that is no transcode, as in ProcedureStateChanged; absent when there are transcodes alone',
    ),
  }),
  errors: [
    { code: 1000, meaning: 'invalid parameter' },
    { code: 10008, meaning: 'file does not exist' },
    { code: 50005, meaning: 'an identical procedure task already exists' },
    { code: 50006, meaning: 'procedure task could not be created' },
    { code: 50007, meaning: 'invalid procedure parameter' },
    ...internalErrors(1, 1001, 1003, 2000, 10022),
  ],
  // What an argument names and is not there is an invalid argument.
  refusals: { 'definition.notFound': 50_007, 'watermark.none': 50_007 },
  example: {
    request: 'Action=ProcessFileByProcedure&fileId=12345&procedure=SomeProcedure',
    response: {
      code: 0,
      message: '',
      transcodeTaskId: 'transcode-7a2229a8f1957bfce08ba733fbfd4a3c',
      imageSpriteTaskId: 'CreateImageSprite-4744578227f9abb1e308c6aca7e9195b',
    },
  },
  notes:
    'Flows and their arguments are those of RunProcedure, which tells of everything in one event. The pages name transcodeTaskId and imageSpriteTaskId, and leave open what other jobs are called: coverBySnapshotTaskId, sampleSnapshotTaskId and procedureTaskId are ours. A flow that does nothing but read what the video is has a procedureTaskId alone. The pages call procedure optional; without it there is nothing to run.',
});
