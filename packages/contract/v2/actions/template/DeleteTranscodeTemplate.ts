import { z } from 'zod';
import { defineAction, internalErrors } from '../../action.ts';
import { int } from '../../wire.ts';

export const DeleteTranscodeTemplate = defineAction({
  name: 'DeleteTranscodeTemplate',
  aliases: [],
  group: 'template',
  summary: 'Deletes a transcode template of your own.',
  protocol: 'text',
  rateLimitPerMinute: 100,
  async: false,
  events: [],
  params: z.object({ definition: int().describe('Number of the template.') }),
  fieldNames: { id: 'definition' },
  result: z.object({ data: z.null() }),
  errors: [
    { code: 1000, meaning: 'invalid parameter' },
    ...internalErrors(1001, 1050, 1102, 1702),
    {
      code: 10704,
      meaning: 'there is no such template, or it is a preset (our choice; the page has no code for it)',
    },
  ],
  example: {
    request: 'Action=DeleteTranscodeTemplate&definition=1005',
    response: { code: 0, message: '', data: null },
  },
  notes:
    'Files that were made with it stay, and tasks that wait or run make what it said. Its number is never given again.',
});
