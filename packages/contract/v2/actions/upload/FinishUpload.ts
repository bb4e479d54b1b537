import { z } from 'zod';
import { defineAction } from '../../action.ts';
import { UPLOAD_ERROR_LIST } from '../../errors.ts';
import { hex } from '../../wire.ts';

export const FinishUpload = defineAction({
  name: 'FinishUpload',
  aliases: [],
  group: 'upload',
  summary: 'Last step of an upload: joins the parts, registers the video and returns its id and address.',
  protocol: 'upload',
  rateLimitPerMinute: 100,
  async: false,
  events: ['NewFileUpload'],
  params: z.object({
    fileSha: hex(40).describe('As given to InitUpload.'),
  }),
  ignored: ['notifyUrl', 'contentLen'],
  result: z.object({
    fileId: z.string().describe('Id of the video.'),
    url: z.string().describe('Address of the source.'),
  }),
  errors: UPLOAD_ERROR_LIST,
  example: {
    request:
      'Action=FinishUpload&Nonce=177176&Region=gz&RequestClient=SDK_PHP_1.4&SecretId=AKIDtest0001&Timestamp=1795369757&contentLen=0&fileSha=d3c537c8d0c93fc2fb6270944fc88ad7d81bc5bc&Signature=RR%2Bz73hZWKTaJ7%2BxOPkAFi67ogQ%3D',
    response: {
      code: 0,
      message: '',
      codeDesc: '',
      canRetry: 0,
      fileId: '7031868222808505913',
      url: 'http://10013.vod2.myqcloud.com/vod10013/7031868222808505913/f0.mp4',
    },
  },
  notes:
    'Can be repeated: a finished upload answers the same fileId again. Missing parts or no such upload: -10005; a file whose SHA-1 is not the announced one: -10006; both with canRetry 0. NewFileUpload follows; transcodeTaskId is in it when isTranscode was 1. The metadata of a file that came as one part has its MD5.',
});
