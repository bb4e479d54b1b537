import { z } from 'zod';
import { defineAction, internalErrors } from '../../action.ts';
import { int, text } from '../../wire.ts';

export const ModifySimpleAesTemplate = defineAction({
  name: 'ModifySimpleAesTemplate',
  aliases: [],
  group: 'drm',
  summary: 'Changes the address of the key server of an encryption template.',
  protocol: 'text',
  rateLimitPerMinute: 100,
  async: false,
  events: [],
  params: z.object({
    definition: int({ min: 1 }).describe('Number of the template.'),
    get_key_url: text({ min: 1, max: 1024 }).describe('New address of the key server, http or https.'),
  }),
  otherNames: { 'get.key.url': 'get_key_url' },
  fieldNames: { keyUrl: 'get_key_url', id: 'definition' },
  refusals: { 'template.notFound': 1000 },
  result: z.object({ data: z.object({ definition: z.number().int().describe('The same number.') }) }),
  errors: [
    { code: 1000, meaning: 'invalid parameter, or there is no such template' },
    ...internalErrors(10701),
  ],
  example: {
    request:
      'Action=ModifySimpleAesTemplate&definition=12&get_key_url=https%3A%2F%2Fkeys.example.com%2Fgetkey2',
    response: { code: 0, message: '', codeDesc: 'Success', data: { definition: 12 } },
  },
  notes: 'What was encrypted before, or was asked for before, keeps the old address.',
});
