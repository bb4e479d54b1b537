import { z } from 'zod';
import { defineAction } from '../../action.ts';
import { text } from '../../wire.ts';

export const GetTaskInfo = defineAction({
  name: 'GetTaskInfo',
  aliases: [],
  group: 'task',
  summary: 'Returns state, times and full detail of one task of the last 72 hours.',
  protocol: 'text',
  rateLimitPerMinute: 100,
  async: false,
  events: [],
  params: z.object({
    vodTaskId: text({ min: 1, max: 128 }).describe('Id that the starting call returned.'),
  }),
  result: z.object({
    status: z.enum(['WAITING', 'PROCESSING', 'FINISHED']),
    type: z
      .enum(['procedure', 'transcode', 'pull', 'clip', 'concat', 'snapshotByTimeOffset', 'imageSprite'])
      .describe(
        'procedure is a task flow; the others are single tasks. The last three names are ours: the documents have none.',
      ),
    createTime: z.number().int().describe('Unix seconds.'),
    beginProcessTime: z.number().int().describe('Unix seconds; 0 while waiting.'),
    finishTime: z.number().int().describe('Last change of the task, Unix seconds.'),
    data: z
      .record(z.string(), z.unknown())
      .describe(
        'As the data of the matching event: procedure ProcedureStateChanged, transcode TranscodeComplete, pull PullComplete, clip ClipComplete, concat ConcatComplete, snapshotByTimeOffset CreateSnapshotByTimeOffsetComplete, imageSprite CreateImageSpriteComplete. While a single task is not finished its data.status is WAITING or PROCESSING.',
      ),
  }),
  errors: [
    { code: 1000, meaning: 'invalid parameter' },
    { code: 10026, meaning: 'task does not exist, or is older than 72 hours (our choice)' },
  ],
  example: {
    request: 'Action=GetTaskInfo&vodTaskId=1250000001-Procedure-00112233445566778899aabbccddeeff',
    response: {
      code: 0,
      message: '',
      status: 'PROCESSING',
      type: 'procedure',
      createTime: 1485156352,
      beginProcessTime: 1485156354,
      finishTime: 1485156360,
      data: {
        status: 'PROCESSING',
        errCode: 0,
        fileId: '24961950000000001',
        metaData: {
          size: 10556,
          container: 'mp4',
          bitrate: 281,
          height: 480,
          width: 640,
          md5: '00112233445566778899aabbccddeeff',
          duration: 3601,
          videoStreamList: [{ bitrate: 246, height: 480, width: 640, codec: 'h264', fps: 22 }],
          audioStreamList: [{ codec: 'aac', samplingRate: 44100, bitrate: 35 }],
        },
        processTaskList: [
          {
            taskType: 'Transcode',
            status: 'PROCESSING',
            errCode: 0,
            message: '',
            input: { definition: 20, watermark: 1 },
          },
        ],
      },
    },
  },
  notes:
    'No status says that a task failed: it is FINISHED, and data says how it went. The addresses in data are those of now. progress, in percent, is an extension.',
});
