import { z } from 'zod';
import { defineAction } from '../../action.ts';
import { UPLOAD_ERROR_LIST } from '../../errors.ts';
import {
  extension,
  fileId,
  flag,
  hex,
  int,
  intOf,
  list,
  object,
  optional,
  text,
  uploadName,
  withDefault,
} from '../../wire.ts';

export const InitUpload = defineAction({
  name: 'InitUpload',
  aliases: [],
  group: 'upload',
  summary:
    'First step of an upload: announces a file by SHA-1 and size; answers whether to send all parts, the missing ones or none.',
  protocol: 'upload',
  rateLimitPerMinute: 100,
  async: false,
  successCodes: [0, 1, 2],
  events: [],
  params: z.object({
    fileName: uploadName().describe('Name without extension.'),
    fileSha: hex(40).describe(
      'SHA-1 of the whole file, in either case; names the upload in the later steps.',
    ),
    fileSize: int({ min: 1 }).describe('Bytes.'),
    dataSize: int({ min: 524_288, max: 5_242_880 }).describe(
      'Size of a part, bytes; 524288 or 1048576 is usual.',
    ),
    fileType: extension().describe('Extension, e.g. mp4.'),
    tags: optional(list(text({ max: 128 }), { max: 100 })).describe('Tags for the video, any text.'),
    classId: withDefault(int(), 0).describe('Class of the video; must exist.'),
    isTranscode: withDefault(flag(), false).describe(
      'Transcode with the default definitions after the upload.',
    ),
    isScreenshot: withDefault(flag(), false).describe(
      'Takes sampled pictures after the upload, as sampling template 10 has them.',
    ),
    isWatermark: withDefault(flag(), false).describe(
      'The default watermark lies over the transcodes; goes with isTranscode=1.',
    ),
    procedure: optional(text({ min: 1, max: 4096 })).describe(
      'Task flow that runs after the upload, with its arguments as in RunProcedure.',
    ),
    extra: optional(
      object({
        usage: optional(intOf(0, 1)).describe('1: the file is the cover of a video.'),
        fileId: optional(fileId()).describe('The video whose cover it is.'),
      }),
    ).describe('What else the file is for.'),
  }),
  otherNames: {
    tag: 'tags',
    usage: 'extra.usage',
    fileId: 'extra.fileId',
    'file.id': 'extra.fileId',
    'extra.file.id': 'extra.fileId',
  },
  ignored: ['name', 'notifyUrl', 'storeTime', 'contentLen'],
  result: z.discriminatedUnion('code', [
    z.object({ code: z.literal(0).describe('Send every part.') }),
    z.object({
      code: z.literal(1).describe('Part of the file is here already: send the missing parts.'),
      dataSize: z
        .number()
        .int()
        .describe('Part size of the first attempt, which later parts must keep. Bytes.'),
      listParts: z
        .array(
          z.object({
            offset: z.number().int().describe('Where the part starts, bytes.'),
            dataSize: z.number().int().describe('Bytes.'),
            dataLen: z.number().int().describe('The same; some clients read this name.'),
            dataMd5: z.string().describe('MD5 of the part.'),
          }),
        )
        .describe('Parts that are stored.'),
    }),
    z.object({
      code: z.literal(2).describe('The whole file is here already: go on with FinishUpload.'),
      fileId: z.string(),
      url: z.string().describe('Address of the file.'),
    }),
  ]),
  errors: UPLOAD_ERROR_LIST,
  example: {
    request:
      'Action=InitUpload&Nonce=402808&Region=gz&RequestClient=SDK_PHP_1.4&SecretId=AKIDtest0001&Timestamp=1795369757&classId=3&contentLen=0&dataSize=524288&fileName=v&fileSha=d3c537c8d0c93fc2fb6270944fc88ad7d81bc5bc&fileSize=1200000&fileType=mp4&isScreenshot=0&isTranscode=1&isWatermark=0&name=v.mp4&tag.1=%E6%B5%8B%E8%AF%95%201&Signature=LOCAolJAng9JiTzY4sow388y7ZY%3D',
    response: { code: 0, message: '', codeDesc: '', canRetry: 0 },
    otherResponses: {
      resume: {
        code: 1,
        message: '',
        codeDesc: '',
        canRetry: 0,
        dataSize: 524288,
        listParts: [
          { offset: 0, dataSize: 524288, dataLen: 524288, dataMd5: 'bd0c709171063c2367b0569de4bcb2a0' },
        ],
      },
      exists: {
        code: 2,
        message: '',
        codeDesc: '',
        canRetry: 0,
        fileId: '16092504232103571364',
        url: 'http://10013.vod2.myqcloud.com/vod10013/16092504232103571364/f0.mp4',
      },
    },
  },
  notes:
    'The documents say GET only, every SDK sends POST; both work. Code 2 (instant upload) is sent only where the operator turned it on; clients go on with FinishUpload after it. The part size may be anything from 512 KiB to 5 MiB, the widest range of the documents; the larger, the less work for the service. Tags are taken as clients send them, any text of up to 128 characters, while CreateVodTags keeps to the documented 8 letters and digits; one that is longer answers -10003 here. An unknown classId is refused (-10003), and so are isWatermark where the account has no default watermark, and a procedure that is malformed or names what does not exist. What a procedure and a watermark are is settled then, whatever becomes of their templates while the bytes come. procedure is ours: the pages have it at the second generation of uploads.',
});
