import { z } from 'zod';
import { procedureStateChangedExample } from '../examples/ProcedureStateChanged.ts';
import { mediaInfo } from '../shapes.ts';
import { defineEvent } from './event.ts';

const integer = () => z.number().int();

const state = {
  status: z.enum(['PROCESSING', 'SUCCESS', 'FAIL']),
  errCode: integer().describe('0: ok; 30009: the source is faulty; 30010: system failure or unknown.'),
  message: z.string().describe('Error text.'),
};

const transcode = z.object({
  taskType: z.literal('Transcode'),
  ...state,
  input: z.object({
    definition: integer().describe('Transcode definition.'),
    watermark: integer().describe('1: with watermark, 0: without.'),
  }),
  output: mediaInfo('event')
    .extend({ url: z.string().describe('Play address.') })
    .optional()
    .describe('Only on success.'),
});

const coverBySnapshot = z.object({
  taskType: z.literal('CoverBySnapshot'),
  ...state,
  input: z.object({
    definition: integer().describe('Snapshot definition.'),
    positionType: z.enum(['Time', 'Percent']),
    position: z.number().describe('Seconds for Time, percent of the duration for Percent.'),
  }),
  output: z
    .object({ imageUrl: z.string().describe('Address of the cover.') })
    .optional()
    .describe('Only on success.'),
});

const sampleSnapshot = z.object({
  taskType: z.literal('SampleSnapshot'),
  ...state,
  input: z.object({ definition: integer().describe('Sampling template.') }),
  output: z
    .object({ imageUrls: z.array(z.string()) })
    .optional()
    .describe('Only on success.'),
});

const snapshotByTimeOffset = z.object({
  taskType: z.literal('SnapshotByTimeOffset'),
  ...state,
  input: z.object({
    definition: integer().describe('Snapshot template.'),
    timeOffset: z.array(integer()).describe('ms.'),
  }),
  output: z
    .object({ imgInfo: z.array(z.object({ timeOffset: integer().describe('ms.'), url: z.string() })) })
    .optional()
    .describe('Only on success; a picture that could not be taken is not listed.'),
});

const imageSprites = z.object({
  taskType: z.literal('ImageSprites'),
  ...state,
  input: z.object({ definition: integer().describe('Sprite template.') }),
  output: z
    .object({
      totalCount: integer().describe('Small pictures of all sheets.'),
      urlList: z.array(z.string()).describe('Sheets.'),
      webVttUrl: z.string().describe('Which small picture is whose time.'),
    })
    .optional()
    .describe('Only on success.'),
});

const animatedGraphics = z.object({
  taskType: z.literal('AnimatedGraphics'),
  ...state,
  input: z.object({
    definition: integer().describe('Template.'),
    startTime: integer().describe('Seconds.'),
    endTime: integer().describe('Seconds.'),
  }),
  output: z
    .object({
      url: z.string(),
      container: z.string().describe('gif or webp.'),
      fps: integer(),
      height: integer().describe('px.'),
      width: integer().describe('px.'),
    })
    .optional()
    .describe('Only on success.'),
});

const pullFile = z.object({
  taskType: z.literal('PullFile'),
  ...state,
  input: z.object({
    url: z.string().describe('Where the file lies.'),
    fileName: z.string(),
    md5: z.string().describe('What it was to have; empty when nobody said.'),
  }),
  output: z
    .object({
      fileId: z.string(),
      fileSize: z.string().describe('Bytes, in digits.'),
      url: z.string().describe('Play address.'),
    })
    .optional()
    .describe('Only on success.'),
});

/** Sub-tasks of other kinds; what they were asked with and made are as the original's page has it. */
const otherSubTask = z.looseObject({
  taskType: z.string(),
  ...state,
  input: z.record(z.string(), z.unknown()).describe('What was asked for.'),
  output: z.record(z.string(), z.unknown()).optional().describe('Only on success.'),
});

export const ProcedureStateChanged = defineEvent({
  name: 'ProcedureStateChanged',
  summary: 'The state of a task flow, with the state and the output of each of its sub-tasks.',
  data: z.object({
    vodTaskId: z.string().describe('The task flow.'),
    status: z.enum(['PROCESSING', 'FINISH']),
    errCode: integer().describe('0: ok, otherwise failed.'),
    message: z.string().describe('Error text.'),
    fileId: z.string(),
    metaData: mediaInfo('event')
      .extend({ rotate: integer().optional().describe('Degrees.') })
      .describe('What probing found in the source.'),
    drm: z
      .object({
        definition: integer().describe('Encryption template.'),
        keySource: z.string().describe('VodBuildInKMS.'),
        getKeyUrl: z.string().describe('Where players fetch the key.'),
        edkList: z.array(z.string()).describe('Encrypted data keys.'),
      })
      .optional()
      .describe('Only when encryption was asked for.'),
    contentReviewList: z.array(otherSubTask).optional().describe('Content review.'),
    aIAnalysisList: z.array(otherSubTask).optional().describe('Analysis.'),
    processTaskList: z
      .array(
        z.union([
          transcode,
          animatedGraphics,
          sampleSnapshot,
          coverBySnapshot,
          snapshotByTimeOffset,
          imageSprites,
          pullFile,
          otherSubTask,
        ]),
      )
      .describe('Processing, a sub-task each.'),
  }),
  example: procedureStateChangedExample,
  notes:
    'With notifyMode Finish one event at the end, with Change one whenever a sub-task begins or ends. Sub-tasks end one by one: a copy is a SUCCESS while an encode beside it goes on. Bitrates are in kbit/s here, as the pages have it. errCode knows two failures, message says more. Of a flow that begins with fetching (RunProcedure, PullFile) that is the first sub-task; one that begins with cutting or joining has none for it, and its fileId is empty until then. Content review and analysis are not made. progress, in percent, beginProcessTime and finishTime, in Unix seconds, are extensions.',
});
