import { z } from 'zod';
import { defineAction, internalErrors } from '../../action.ts';
import { watermarkTemplate } from '../../watermark-template.ts';
import { int } from '../../wire.ts';

export const QueryWatermarkTemplate = defineAction({
  name: 'QueryWatermarkTemplate',
  aliases: [],
  group: 'template',
  summary: 'Returns what a watermark template says.',
  protocol: 'text',
  rateLimitPerMinute: 100,
  async: false,
  events: [],
  params: z.object({ definition: int().describe('Number of the template.') }),
  fieldNames: { id: 'definition' },
  result: z.object(watermarkTemplate),
  errors: [
    { code: 1000, meaning: 'invalid parameter' },
    ...internalErrors(10702),
    { code: 10704, meaning: 'there is no such template' },
  ],
  example: {
    request: 'Action=QueryWatermarkTemplate&definition=1008',
    response: {
      ...{ code: 0, message: '', definition: 1008, name: 'logo', comment: '', type: 'image' },
      ...{
        url: 'http://storage.example.com/wm/123.png',
        left: '20px',
        top: '30px',
        width: '10%',
        height: '0px',
      },
      ...{ createTime: 1_485_156_352, updateTime: 1_485_156_352 },
      ...{ create_time: 1_485_156_352, update_time: 1_485_156_352, repeat_type: '' },
    },
  },
});
