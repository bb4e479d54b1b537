import { z } from 'zod';
import { defineAction, internalErrors } from '../../action.ts';
import { fileId, hex, int, list, object, optional, text, withDefault, word } from '../../wire.ts';

const piece = {
  startTimeOffset: optional(int()).describe(
    'Where the stretch begins, seconds: below 0, from the end. 0: from the beginning.',
  ),
  endTimeOffset: optional(int()).describe('Where it ends, counted the same way. Absent: the end.'),
  endTime: optional(int()).describe('The same, in the spelling of a sample.'),
};

export const RunProcedure = defineAction({
  name: 'RunProcedure',
  aliases: [],
  group: 'processing',
  summary: 'Runs a task flow, which is named with its arguments, on a video.',
  protocol: 'text',
  rateLimitPerMinute: 100,
  async: true,
  repeatable: false,
  events: ['ProcedureStateChanged', 'NewFileUpload'],
  params: z.object({
    inputType: word(['SingleFile', 'MultiFile', 'Stream', 'PullFile']).describe(
      'What the flow works on: SingleFile, a video or a stretch of it; MultiFile, stretches of several, joined; PullFile, what is fetched. Stream answers 6100: nothing here records live streams.',
    ),
    file: optional(object({ id: optional(fileId()).describe('Which video; required.'), ...piece })).describe(
      'The video, for SingleFile.',
    ),
    fileList: optional(
      list(object({ id: fileId().describe('Which video.'), ...piece }), { max: 500 }),
    ).describe('The videos in their order, for MultiFile; 10 GiB together at most.'),
    pull: optional(
      object({
        url: text({ min: 1, max: 4096 }).describe('Where the file lies, as in MultiPullVodFile.'),
        fileName: text({ min: 1, max: 255 }).describe('Name of the new video.'),
        fileMd5: optional(hex(32)).describe('MD5 of the file; with another one the task fails.'),
        classId: withDefault(int(), 0).describe('Class of the new video; must exist.'),
      }),
    ).describe('What to fetch, for PullFile.'),
    procedure: text({ min: 1, max: 4096 }).describe(
      'Name of the flow with its arguments, as in QCVB_SimpleProcessFile({210,220},1,10).',
    ),
  }),
  fieldNames: { videoIds: 'fileList', endMs: 'endTimeOffset' },
  result: z.object({
    vodTaskId: z.string().describe('Id of the task flow.'),
  }),
  errors: [
    { code: 1000, meaning: 'invalid parameter' },
    { code: 10008, meaning: 'file does not exist' },
    { code: 10009, meaning: 'file is in a state that does not allow it: it is no media' },
    { code: 50005, meaning: 'an identical procedure task already exists' },
    { code: 50006, meaning: 'procedure task could not be created' },
    { code: 50007, meaning: 'invalid procedure parameter' },
    ...internalErrors(1, 1001, 1003, 2000, 10022),
  ],
  // What an argument names and is not there is an invalid argument.
  refusals: { 'definition.notFound': 50_007, 'watermark.none': 50_007, 'class.notFound': 1000 },
  example: {
    request:
      'Action=RunProcedure&inputType=MultiFile&fileList.0.id=12345&fileList.0.startTimeOffset=30&fileList.0.endTimeOffset=100&fileList.1.id=67899&fileList.1.startTimeOffset=300&fileList.1.endTimeOffset=400&procedure=SomeProcedure',
    response: { code: 0, message: '', vodTaskId: 'procedure-7a2229a8f1957bfce08ba733fbfd4a3c' },
  },
  notes:
    'There is one flow: QCVB_SimpleProcessFile(transcodeDefinition, watermarkDefinition, coverBySnapshotDefinition, sampleSnapshotDefinition). The first is a table of transcode definitions, a single one, or 1 for those of transcode.defaults; the second a watermark template, 1 for the default one; the third makes the first frame the cover; the fourth takes sampled snapshots. 0, nil, or an argument that is not there: none. Numbers, texts, true, false, nil and tables without names in them are written as in Lua. A call that is malformed, names no flow or a template that does not exist answers 50007; one that asks for what is not offered, 6100. 50005 is answered while the same call, in whatever spelling, waits or is at work on the video. A stretch, several videos and what is fetched become a new video first, an MP4 or what was fetched, whose id is in ProcedureStateChanged and in GetTaskInfo; it is cut and joined as by ClipVideo and ConcatVideo, has the name of the first video or pull.fileName, and stays when the flow is redone. When it cannot be made, every sub-task fails with the reason. NewFileUpload tells of a fetched one, too. No page says what the new video is called.',
});
