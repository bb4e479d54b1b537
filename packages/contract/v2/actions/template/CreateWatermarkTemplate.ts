import { z } from 'zod';
import { defineAction, internalErrors } from '../../action.ts';
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
import { optional } from '../../wire.ts';

const { otherNames, fieldCodes, fieldNames, errors } = WATERMARK_TEMPLATE_FIELDS;

export const CreateWatermarkTemplate = defineAction({
  name: 'CreateWatermarkTemplate',
  aliases: [],
  group: 'template',
  summary: 'Makes a watermark template of a picture and returns its number. An application has at most 16.',
  protocol: 'text',
  rateLimitPerMinute: 100,
  async: false,
  repeatable: false,
  events: [],
  params: z.object({
    name: optional(watermarkName()),
    comment: optional(watermarkComment()),
    type: optional(watermarkType()),
    url: watermarkUrl(),
    left: optional(left()),
    top: optional(top()),
    width: optional(width()),
    height: optional(height()),
  }),
  otherNames,
  fieldCodes,
  fieldNames,
  refusals: { 'template.limit': 10706 },
  result: z.object({ definition: z.number().int().describe('Number of the new template.') }),
  errors: [
    { code: 1000, meaning: 'invalid parameter' },
    ...internalErrors(1001),
    { code: 10706, meaning: 'there are 16 watermark templates already' },
    ...errors,
  ],
  example: {
    request:
      'Action=CreateWatermarkTemplate&name=logo&type=image&url=http://storage.example.com/wm/123.png&left=20px&top=30px&width=100px',
    response: { code: 0, message: '', definition: 1008 },
  },
  notes:
    'left and top are 0px, width is 10%, height 0px when they are not given. Bare numbers are percent, and `width_percentage` is another name of width, as the oldest clients have it. Use the number in `transcode.watermark` of ProcessFile; watermark 1 is the application’s default (setting `watermark.default`).',
});
