import { z } from 'zod';
import { defineAction, internalErrors } from '../../action.ts';
import { text } from '../../wire.ts';

export const CreateSimpleAesTemplate = defineAction({
  name: 'CreateSimpleAesTemplate',
  aliases: [],
  group: 'drm',
  summary:
    'Makes an encryption template: HLS with AES-128, and the address where players fetch the key. An application has at most 10.',
  protocol: 'text',
  rateLimitPerMinute: 100,
  async: false,
  repeatable: false,
  events: [],
  params: z.object({
    get_key_url: text({ min: 1, max: 1024 }).describe(
      'Address of the key server, http or https: your own, or `<public address>/drm/getkey` for the built-in one.',
    ),
  }),
  otherNames: { 'get.key.url': 'get_key_url' },
  fieldNames: { keyUrl: 'get_key_url' },
  result: z.object({
    data: z.object({ definition: z.number().int().describe('Number of the new template, from 10 on.') }),
  }),
  errors: [
    { code: 1000, meaning: 'invalid parameter; or there are 10 templates already (our choice)' },
    ...internalErrors(10700),
  ],
  example: {
    request: 'Action=CreateSimpleAesTemplate&get_key_url=https%3A%2F%2Fkeys.example.com%2Fgetkey',
    response: { code: 0, message: '', codeDesc: 'Success', data: { definition: 10 } },
  },
  notes:
    'Playlists have the address with `edk`, `fileId` and `keySource` behind it. Use the number in `transcode.drm.definition` of ProcessFile. A signature over get_key_url is right, and so is one over get.key.url.',
});
