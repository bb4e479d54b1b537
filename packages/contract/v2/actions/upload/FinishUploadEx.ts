import { z } from 'zod';
import { defineAction } from '../../action.ts';
import { UPLOAD_ERROR_LIST } from '../../errors.ts';
import { hex } from '../../wire.ts';

export const FinishUploadEx = defineAction({
  name: 'FinishUploadEx',
  aliases: [],
  group: 'upload',
  summary: 'FinishUpload for a device without keys.',
  protocol: 'upload',
  permit: true,
  rateLimitPerMinute: null,
  async: false,
  events: ['NewFileUpload', 'TranscodeComplete'],
  params: z.object({
    fileSha: hex(40).describe('SHA-1 of the file: fs of the signature.'),
  }),
  result: z.object({
    fileId: z.string(),
    url: z.string().describe('Address of the file.'),
    verify_content: z
      .string()
      .optional()
      .describe(
        'Where the application has a key for it (upload.verifyKey): Base64 of HMAC-SHA1 (20 bytes) and ExpTime=<Unix s>&FileId=<id>, so that its server can believe what a device reports.',
      ),
  }),
  errors: UPLOAD_ERROR_LIST,
  example: {
    request:
      'Action=FinishUploadEx&fileSha=a9993e364706816aba3e25717850c26c9cd0d89d&signature=1DTqdGohH077%2FZ2vZpI%2FBQKVLcJzPUFLSUR0ZXN0MDAwMSZmPXRlbmNlbnRfdGVzdC5tcDQmZnM9YTk5OTNlMzY0NzA2ODE2YWJhM2UyNTcxNzg1MGMyNmM5Y2QwZDg5ZCZmdD1tcDQmdD0xNTQ3NzE5Mzc1JmU9MTU0NzgwNTc3NSZyPTIyMDYyNSZ1aWQ9MTIzNCZ0Yz0xJmNpZD0z',
    response: {
      code: 0,
      message: '',
      codeDesc: '',
      canRetry: 0,
      fileId: '7031868222808505913',
      url: 'http://10013.vod2.myqcloud.com/vod10013/7031868222808505913/f0.mp4',
      verify_content:
        'MzMyOTY0NGIwNTk4YTc2YzZjNDljNTk3YTJhNzNkOGE1ZjA3YWJlOUV4cFRpbWU9MTQ4ODE2MDI2NCZGaWxlSWQ9NzAzMTg2ODIyMjgwODUwNTkxMw==',
    },
  },
  notes:
    'The event has sourceType ClientUpload. verify_content is good for a day; the sample of the page has 40 hex digits in it where its text has 20 bytes, which later calls of the original send and we do.',
});
