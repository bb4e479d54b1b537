import { z } from 'zod';
import { defineAction, internalErrors } from '../../action.ts';
import { watermarkTemplate } from '../../watermark-template.ts';
import { optional, text } from '../../wire.ts';

const { definition, name, comment, createTime, updateTime } = watermarkTemplate;

export const QueryWatermarkTemplateList = defineAction({
  name: 'QueryWatermarkTemplateList',
  aliases: [],
  group: 'template',
  summary: 'Lists the watermark templates of the application.',
  protocol: 'text',
  rateLimitPerMinute: 100,
  async: false,
  events: [],
  params: z.object({ name: optional(text({ max: 64 })).describe('Only those of exactly this name.') }),
  result: z.object({
    definitionList: z.array(z.object({ definition, name, comment, createTime, updateTime })),
  }),
  errors: [{ code: 1000, meaning: 'invalid parameter' }, ...internalErrors(1001, 1050, 1102, 1702)],
  example: {
    request: 'Action=QueryWatermarkTemplateList',
    response: {
      code: 0,
      message: '',
      definitionList: [
        {
          ...{ definition: 10_010, name: 'normal', comment: 'test' },
          ...{ createTime: 1_485_156_352, updateTime: 1_485_156_352 },
        },
      ],
    },
  },
  notes: 'The parameter name is one that clients send and no page has.',
});
