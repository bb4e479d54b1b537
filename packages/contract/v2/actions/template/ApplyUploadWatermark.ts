import { z } from 'zod';
import { defineAction } from '../../action.ts';
import { word } from '../../wire.ts';

export const ApplyUploadWatermark = defineAction({
  name: 'ApplyUploadWatermark',
  aliases: [],
  group: 'template',
  summary: 'Gives an address to which the picture of a watermark is sent by PUT.',
  protocol: 'text',
  rateLimitPerMinute: 100,
  async: false,
  repeatable: false,
  events: [],
  params: z.object({
    type: word(['jpg', 'png'], { jpeg: 'jpg' }).describe(
      'Kind of picture; png can be transparent, and may move (APNG).',
    ),
  }),
  fieldCodes: { type: 1000 },
  result: z.object({ uploadUrl: z.string().describe('Address for the PUT.') }),
  errors: [
    { code: 1000, meaning: 'invalid parameter; also when 100 pictures wait for a template' },
    { code: 1001, meaning: 'user information error (never sent here)' },
  ],
  example: {
    request: 'Action=ApplyUploadWatermark&type=png',
    response: { code: 0, message: '', uploadUrl: 'http://storage.example.com/wm/123.png?sign=abcd' },
  },
  notes:
    'Send the file as the body (`curl --upload-file logo.png "$uploadUrl"`), at most 4 MiB, within an hour; the answer is 200. The address takes one picture: the same bytes may be sent again, others answer 409. What is no picture of that kind answers 415, a wrong or expired signature 403. Then call CreateWatermarkTemplate with the address as url. A picture that no template names goes after a week.',
});
