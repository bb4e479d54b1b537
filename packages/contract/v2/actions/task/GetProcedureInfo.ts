import { z } from 'zod';
import { defineAction } from '../../action.ts';
import { text } from '../../wire.ts';

const fields = (what: string) =>
  z.record(z.string(), z.unknown()).describe(`${what}; as in the event ProcedureStateChanged.`);

export const GetProcedureInfo = defineAction({
  name: 'GetProcedureInfo',
  aliases: [],
  group: 'task',
  summary: 'Returns how far one task flow of the last 72 hours has come; an older form of GetTaskInfo.',
  protocol: 'text',
  rateLimitPerMinute: 100,
  async: false,
  events: [],
  params: z.object({
    vodTaskId: text({ min: 1, max: 128 }).describe('Id of the task flow.'),
  }),
  result: z.object({
    vodTaskId: z.string().describe('The same id.'),
    status: z.enum(['PROCESSING', 'FINISH']),
    errCode: z.number().int().describe('0: ok, otherwise failed.'),
    fileId: z.string(),
    metaData: fields('What probing found in the source'),
    drm: fields('Only when encryption was asked for').optional(),
    contentReviewList: z.array(fields('Content review')).optional(),
    aIAnalysisList: z.array(fields('Analysis')).optional(),
    processTaskList: z.array(fields('A sub-task each')),
  }),
  errors: [
    { code: 1000, meaning: 'invalid parameter' },
    { code: 10026, meaning: 'task flow does not exist, or is older than 72 hours (our choice)' },
  ],
  example: {
    request: 'Action=GetProcedureInfo&vodTaskId=1250000001-Procedure-00112233445566778899aabbccddeeff',
    response: {
      code: 0,
      message: '',
      status: 'PROCESSING',
      errCode: 0,
      vodTaskId: '1250000001-Procedure-00112233445566778899aabbccddeeff',
      fileId: '24961950000000001',
      metaData: {
        size: 10556,
        container: 'mp4',
        bitrate: 281,
        height: 480,
        width: 640,
        md5: '00112233445566778899aabbccddeeff',
        duration: 3601,
        videoStreamList: [],
        audioStreamList: [],
      },
      processTaskList: [
        {
          taskType: 'SampleSnapshot',
          status: 'SUCCESS',
          errCode: 0,
          message: '',
          input: { definition: 10 },
          output: { imageUrls: ['http://host/a.png'] },
        },
      ],
    },
  },
  notes:
    'What ProcedureStateChanged has in data stands on the top level. Why a flow failed as a whole is in GetTaskInfo, as the message of this answer is that of the call. Other tasks, such as transcode-…, are in GetTaskInfo only.',
});
