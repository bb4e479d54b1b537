import { z } from 'zod';
import { defineAction } from '../../action.ts';
import { list, text } from '../../wire.ts';

const keys = () =>
  z.array(
    z.object({
      edk: z.string().describe('As it was sent.'),
      dk: z.string().describe('Base64 of the 16 bytes of the key.'),
    }),
  );

export const DescribeDrmDataKey = defineAction({
  name: 'DescribeDrmDataKey',
  aliases: [],
  group: 'drm',
  summary: 'Turns encrypted data keys into the keys that media is encrypted with, for a key server.',
  protocol: 'text',
  rateLimitPerMinute: 100,
  async: false,
  events: [],
  params: z.object({
    edkList: list(text({ min: 1, max: 1024 }), { min: 1, max: 10 }).describe(
      'Encrypted data keys, as in playlists and events: Base64, so `+`, `/` and `=` are to be percent-encoded.',
    ),
  }),
  fieldNames: { edks: 'edkList' },
  result: z.object({
    data: z.object({ keyList: keys().describe('In the order of the request.') }),
    edkList: keys().optional().describe('The same list, where one client looks for it.'),
  }),
  errors: [
    {
      code: 1000,
      meaning: 'invalid parameter, or a key that the application does not have; never a part of the list',
    },
  ],
  example: {
    request:
      'Action=DescribeDrmDataKey&edkList.0=CiCdpfV8oMGHlWuACHIGUxJ%2FmdjZnBWEsovP6k78xvj2qRCO08TAChiaoOvUBCokNTQ3N2MwYWQtMmVlYy00ZmNhLWE5OGQtNmNiNjc5MTVmODdh',
    response: {
      code: 0,
      message: '',
      codeDesc: 'Success',
      data: {
        keyList: [
          {
            edk: 'CiCdpfV8oMGHlWuACHIGUxJ/mdjZnBWEsovP6k78xvj2qRCO08TAChiaoOvUBCokNTQ3N2MwYWQtMmVlYy00ZmNhLWE5OGQtNmNiNjc5MTVmODdh',
            dk: 'i6zM/pnmIERJE3vAt0UnGg==',
          },
        ],
      },
    },
  },
  notes:
    'What an encrypted key stands for never changes: keep it as long as you like. The form of the answer is known from clients only.',
});
