import { z } from 'zod';
import { defineAction } from '../../action.ts';
import {
  height,
  left,
  top,
  WATERMARK_TEMPLATE_FIELDS,
  watermarkComment,
  watermarkName,
  watermarkType,
  watermarkUrl,
  width,
} from '../../watermark-template.ts';
import { int, optional } from '../../wire.ts';

const { otherNames, fieldCodes, fieldNames, errors } = WATERMARK_TEMPLATE_FIELDS;

export const UpdateWatermarkTemplate = defineAction({
  name: 'UpdateWatermarkTemplate',
  aliases: ['UpdateWartermarkTemplate'],
  group: 'template',
  summary: 'Changes a watermark template; what is not given stays as it is.',
  protocol: 'text',
  rateLimitPerMinute: 100,
  async: false,
  events: [],
  params: z.object({
    definition: int().describe('Number of the template.'),
    name: optional(watermarkName()),
    comment: optional(watermarkComment()),
    type: optional(watermarkType()),
    url: optional(watermarkUrl()),
    left: optional(left()),
    top: optional(top()),
    width: optional(width()),
    height: optional(height()),
  }),
  otherNames,
  fieldCodes: { ...fieldCodes, definition: 10807 },
  fieldNames,
  result: z.object({}),
  errors: [
    { code: 1000, meaning: 'invalid parameter' },
    { code: 10704, meaning: 'there is no such template (our choice)' },
    ...errors.slice(0, 4),
    { code: 10807, meaning: 'definition invalid' },
    ...errors.slice(4),
  ],
  example: {
    request: 'Action=UpdateWatermarkTemplate&definition=10005&name=logo&width=10%25&left=20px&top=30px',
    response: { code: 0, message: '' },
  },
  notes:
    'Every page requires width; it may be left out here. Tasks that wait or run lay over what the template said when they were asked for.',
});
