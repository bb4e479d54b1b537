import { z } from 'zod';
import { defineAction, internalErrors } from '../../action.ts';
import { fileId, flag, optional, text, withDefault } from '../../wire.ts';

export const ConvertVodFile = defineAction({
  name: 'ConvertVodFile',
  aliases: [],
  group: 'processing',
  summary: "Transcodes one video with the account's default definitions.",
  protocol: 'text',
  rateLimitPerMinute: 100,
  async: true,
  repeatable: false,
  events: ['TranscodeComplete'],
  params: z.object({
    fileId: fileId().describe('Which video.'),
    isScreenshot: withDefault(flag(), false).describe('Also takes snapshots (sampling template 10).'),
    isWatermark: withDefault(flag(), false).describe(
      "1: the account's default watermark lies over all of them (setting watermark.default).",
    ),
    notifyUrl: optional(text({ max: 1024 })).describe(
      'Where TranscodeComplete of this task is posted too, besides the way that the account gets its events; http(s), and no private address.',
    ),
  }),
  result: z.object({
    vodTaskId: z.string().describe('Id of the task, as in TranscodeComplete.'),
  }),
  errors: [
    { code: 1000, meaning: 'invalid parameter' },
    {
      code: 1163,
      meaning:
        'isWatermark=1 and the account has no default watermark (our choice; the code is that of the pull)',
    },
    { code: 10008, meaning: 'file does not exist (our choice; the documents name no code for it)' },
    { code: 10009, meaning: 'file is in a state that does not allow it' },
    ...internalErrors(1, 1108, 1152, 1801, 1802, 2000, 2001, 10010, 10012),
  ],
  example: {
    request: 'Action=ConvertVodFile&fileId=96000077184630899&isScreenshot=1&isWatermark=1',
    response: { code: 0, message: '', vodTaskId: 'transcode-7a2229a8f1957bfce08ba733fbfd4a3c' },
  },
  notes:
    'The call names no definitions: the account has a list of default ones. ProcessFile lets the caller choose. A notifyUrl is called as a callback is: three sends at most, redirections are not followed. One that is not allowed answers 1000.',
});
