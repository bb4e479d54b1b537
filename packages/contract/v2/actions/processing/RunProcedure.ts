import { z } from 'zod';
import { defineAction, internalErrors } from '../../action.ts';
import { fileId, int, object, optional, text, word } from '../../wire.ts';

export const RunProcedure = defineAction({
  name: 'RunProcedure',
  aliases: [],
  group: 'processing',
  summary: 'Runs a task flow, which is named with its arguments, on a video.',
  protocol: 'text',
  rateLimitPerMinute: 100,
  async: true,
  repeatable: false,
  events: ['ProcedureStateChanged'],
  params: z.object({
    inputType: word(['SingleFile', 'MultiFile', 'Stream', 'PullFile']).describe(
      'What the flow works on: SingleFile, a video. The others answer 6100.',
    ),
    file: optional(
      object({
        id: optional(fileId()).describe('Which video; required.'),
        startTimeOffset: optional(int()).describe('0: from the beginning. Another answers 6100.'),
        endTimeOffset: optional(int()).describe('Answers 6100.'),
      }),
    ).describe('The video, for SingleFile.'),
    procedure: text({ min: 1, max: 4096 }).describe(
      'Name of the flow with its arguments, as in QCVB_SimpleProcessFile({210,220},1,10).',
    ),
  }),
  result: z.object({
    vodTaskId: z.string().describe('Id of the task flow.'),
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
    request:
      'Action=RunProcedure&inputType=MultiFile&fileList.0.id=12345&fileList.0.startTimeOffset=30&fileList.0.endTimeOffset=100&fileList.1.id=67899&fileList.1.startTimeOffset=300&fileList.1.endTimeOffset=400&procedure=SomeProcedure',
    response: { code: 0, message: '', vodTaskId: 'procedure-7a2229a8f1957bfce08ba733fbfd4a3c' },
  },
  notes:
    'There is one flow: QCVB_SimpleProcessFile(transcodeDefinition, watermarkDefinition, coverBySnapshotDefinition, sampleSnapshotDefinition). The first is a table of transcode definitions, a single one, or 1 for those of transcode.defaults; the second a watermark template, 1 for the default one; the third makes the first frame the cover; the fourth takes sampled snapshots. 0, nil, or an argument that is not there: none. Numbers, texts, true, false, nil and tables without names in them are written as in Lua. A call that is malformed, names no flow or a template that does not exist answers 50007; one that asks for what is not offered yet, 6100. 50005 is answered while the same call, in whatever spelling, waits or is at work on the video. What has to be cut, joined or fetched first is not offered yet.',
});
