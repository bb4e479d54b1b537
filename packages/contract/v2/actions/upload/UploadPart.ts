import { z } from 'zod';
import { defineAction } from '../../action.ts';
import { UPLOAD_ERROR_LIST } from '../../errors.ts';
import { hex, int } from '../../wire.ts';

export const UploadPart = defineAction({
  name: 'UploadPart',
  aliases: [],
  group: 'upload',
  summary: 'Second step of an upload: sends one part, whose bytes are the body of the request.',
  protocol: 'upload',
  methods: ['POST'],
  rateLimitPerMinute: 10_000,
  async: false,
  events: [],
  params: z.object({
    fileSha: hex(40).describe('SHA-1 of the whole file, as given to InitUpload.'),
    offset: int({ min: 0 }).describe('Where the part starts, bytes; a multiple of the part size.'),
    dataSize: int({ min: 1, max: 5_242_880 }).describe(
      'Bytes in the body; less than a part only at the end.',
    ),
    dataMd5: hex(32).describe('MD5 of the part.'),
  }),
  ignored: [
    'contentLen',
    'isTranscode',
    'isScreenshot',
    'isWatermark',
    'name',
    'fileName',
    'fileSize',
    'fileType',
    'notifyUrl',
  ],
  result: z.object({}),
  errors: UPLOAD_ERROR_LIST,
  example: {
    request:
      'Action=UploadPart&Nonce=290551755&Region=gz&SecretId=AKIDtest0001&Timestamp=1795369830&dataMd5=bd0c709171063c2367b0569de4bcb2a0&dataSize=524288&fileSha=d3c537c8d0c93fc2fb6270944fc88ad7d81bc5bc&offset=0&Signature=5hBHCRsTU17W80zHKkMzm%2FRUB54%3D',
    response: { code: 0, message: '', codeDesc: '', canRetry: 0 },
  },
  notes:
    'Parts may come in parallel, in any order and more than once. The body is raw bytes whatever Content-Type says, with Content-Length or chunked. dataMd5 is that of the part: a page says "of the whole file" by mistake. A part that comes in for more than a minute while others wait for memory is cut off: -10006 with canRetry 1.',
});
