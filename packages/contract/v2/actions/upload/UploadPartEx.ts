import { z } from 'zod';
import { defineAction } from '../../action.ts';
import { UPLOAD_ERROR_LIST } from '../../errors.ts';
import { hex, int } from '../../wire.ts';

export const UploadPartEx = defineAction({
  name: 'UploadPartEx',
  aliases: [],
  group: 'upload',
  summary: 'UploadPart for a device without keys.',
  protocol: 'upload',
  permit: true,
  methods: ['POST'],
  rateLimitPerMinute: null,
  async: false,
  events: [],
  params: z.object({
    fileSha: hex(40).describe('SHA-1 of the file: fs of the signature.'),
    offset: int({ min: 0 }).describe('Where the part starts, bytes; a multiple of the part size.'),
    dataSize: int({ min: 1, max: 5_242_880 }).describe('Bytes in the body.'),
    dataMd5: hex(32).describe('MD5 of the part.'),
  }),
  result: z.object({}),
  errors: UPLOAD_ERROR_LIST,
  example: {
    request:
      'Action=UploadPartEx&dataMd5=bd0c709171063c2367b0569de4bcb2a0&dataSize=524288&offset=0&Signature=1DTqdGohH077%2FZ2vZpI%2FBQKVLcJzPUFLSUR0ZXN0MDAwMSZmPXRlbmNlbnRfdGVzdC5tcDQmZnM9YTk5OTNlMzY0NzA2ODE2YWJhM2UyNTcxNzg1MGMyNmM5Y2QwZDg5ZCZmdD1tcDQmdD0xNTQ3NzE5Mzc1JmU9MTU0NzgwNTc3NSZyPTIyMDYyNSZ1aWQ9MTIzNCZ0Yz0xJmNpZD0z',
    response: { code: 0, message: '', codeDesc: '', canRetry: 0 },
  },
  notes: 'As UploadPart.',
});
