import { z } from 'zod';
import { defineAction } from '../../action.ts';
import { UPLOAD_ERROR_LIST } from '../../errors.ts';
import { extension, flag, hex, int, list, optional, text, uploadName, withDefault } from '../../wire.ts';
import { InitUpload } from './InitUpload.ts';

export const InitUploadEx = defineAction({
  name: 'InitUploadEx',
  aliases: [],
  group: 'upload',
  summary:
    'InitUpload for a device without keys: an upload signature of the old form takes the place of that of the call.',
  protocol: 'upload',
  permit: true,
  rateLimitPerMinute: null,
  async: false,
  successCodes: [0, 1, 2],
  events: [],
  params: z.object({
    fileSize: int({ min: 1 }).describe('Bytes.'),
    dataSize: int({ min: 524_288, max: 5_242_880 }).describe('Size of a part, bytes.'),
    fileSha: hex(40).describe('SHA-1 of the file: fs of the signature.'),
    fileName: uploadName().describe('f of the signature; with an extension where fileType is missing.'),
    fileType: optional(extension()).describe('Extension: ft of the signature.'),
    classId: withDefault(int(), 0).describe('cid of the signature; must exist.'),
    isTranscode: withDefault(flag(), false).describe('tc of the signature.'),
    isScreenshot: withDefault(flag(), false).describe('ss of the signature.'),
    isWatermark: withDefault(flag(), false).describe('wm of the signature.'),
    tags: optional(list(text({ max: 128 }), { max: 10 })).describe('tag.n of the signature.'),
  }),
  ignored: ['storeTime', 'Region', 'SecretId', 'Timestamp', 'Nonce'],
  result: InitUpload.result,
  errors: UPLOAD_ERROR_LIST,
  example: {
    request:
      'Action=InitUploadEx&classId=12&dataSize=524288&fileName=a&fileSize=1200000&fileType=mp4&isScreenshot=0&isTranscode=0&isWatermark=0&storeTime=0&Signature=1DTqdGohH077%2FZ2vZpI%2FBQKVLcJzPUFLSUR0ZXN0MDAwMSZmPXRlbmNlbnRfdGVzdC5tcDQmZnM9YTk5OTNlMzY0NzA2ODE2YWJhM2UyNTcxNzg1MGMyNmM5Y2QwZDg5ZCZmdD1tcDQmdD0xNTQ3NzE5Mzc1JmU9MTU0NzgwNTc3NSZyPTIyMDYyNSZ1aWQ9MTIzNCZ0Yz0xJmNpZD0z',
    response: { code: 0, message: '', codeDesc: '', canRetry: 0 },
  },
  notes:
    'What the signature says counts, and nothing that the device repeats of it: class, tags and what is to be made of the video are the application’s to say. Only name and type may come from the device, where the signature has none. One signature serves all three steps, until it expires.',
});
