import { z } from 'zod';
import { defineAction } from '../../action.ts';
import { UPLOAD_ERROR_LIST } from '../../errors.ts';
import { int, optional, text } from '../../wire.ts';

export const Report = defineAction({
  name: 'Report',
  aliases: [],
  group: 'upload',
  summary:
    'What upload SDKs of the first generation say of an upload when it is over; it is written into the log.',
  protocol: 'upload',
  rateLimitPerMinute: null,
  async: false,
  events: [],
  params: z.object({
    errCode: optional(int()).describe("0, or the SDK's own code of what went wrong."),
    speed: optional(int()).describe('Bytes a second.'),
    fileId: optional(text({ max: 64 })).describe('The video; empty when there is none.'),
    platform: optional(text({ max: 64 })).describe('java or c_sharper.'),
    version: optional(text({ max: 64 })).describe('Of the SDK.'),
  }),
  ignored: ['fileSha'],
  result: z.object({}),
  errors: UPLOAD_ERROR_LIST,
  example: {
    request:
      'Action=Report&errCode=0&fileId=7031868222808505913&fileSha=d3c537c8d0c93fc2fb6270944fc88ad7d81bc5bc&platform=c_sharper&speed=1048576&version=1.0',
    response: { code: 0, message: '', codeDesc: '', canRetry: 0 },
  },
  notes:
    'On no page of the documents. C# sends it after every upload, Java when the last step failed; both sign it like any upload call.',
});
