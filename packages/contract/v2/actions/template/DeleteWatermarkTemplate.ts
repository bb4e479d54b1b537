import { z } from 'zod';
import { defineAction, internalErrors } from '../../action.ts';
import { int } from '../../wire.ts';

export const DeleteWatermarkTemplate = defineAction({
  name: 'DeleteWatermarkTemplate',
  aliases: [],
  group: 'template',
  summary: 'Deletes a watermark template.',
  protocol: 'text',
  rateLimitPerMinute: 100,
  async: false,
  events: [],
  params: z.object({ definition: int().describe('Number of the template.') }),
  fieldNames: { id: 'definition' },
  result: z.object({}),
  errors: [
    { code: 1000, meaning: 'invalid parameter' },
    ...internalErrors(1001, 1050, 1102, 1702),
    { code: 10704, meaning: 'there is no such template (our choice; the page has no code for it)' },
  ],
  example: {
    request: 'Action=DeleteWatermarkTemplate&definition=10010',
    response: { code: 0, message: '' },
  },
  notes: 'Its picture stays for a week, for tasks that were asked with it.',
});
