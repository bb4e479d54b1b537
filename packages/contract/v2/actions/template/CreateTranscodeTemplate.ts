import { z } from 'zod';
import { defineAction, internalErrors } from '../../action.ts';
import {
  container,
  denoise,
  newAudio,
  newVideo,
  TRANSCODE_TEMPLATE_FIELDS,
  templateComment,
  templateName,
  withoutAudio,
  withoutUnused,
  withoutVideo,
} from '../../transcode-template.ts';
import { optional, withDefault } from '../../wire.ts';

const { fieldCodes, fieldNames, errors } = TRANSCODE_TEMPLATE_FIELDS;

export const CreateTranscodeTemplate = defineAction({
  name: 'CreateTranscodeTemplate',
  aliases: [],
  group: 'template',
  summary: 'Makes a transcode template of your own and returns its number. An application has at most 16.',
  protocol: 'text',
  rateLimitPerMinute: 100,
  async: false,
  repeatable: false,
  events: [],
  params: z.preprocess(
    withoutUnused,
    z
      .object({
        name: optional(templateName()),
        container: container(),
        comment: optional(templateComment()),
        isFiltrateVideo: withDefault(withoutVideo(), false),
        isFiltrateAudio: withDefault(withoutAudio(), false),
        video: newVideo(),
        denoise: denoise(),
        audio: newAudio(),
      })
      .superRefine(({ isFiltrateVideo, isFiltrateAudio, video, audio }, context) => {
        const missing = [
          ...(isFiltrateVideo || video ? [] : ['video']),
          ...(isFiltrateAudio || audio ? [] : ['audio']),
        ];
        for (const name of missing)
          context.addIssue({ code: 'custom', path: [name, 'codec'], message: 'is required' });
      }),
  ),
  otherNames: { 'video.denoise.enable': 'denoise.enable' },
  fieldCodes,
  fieldNames,
  result: z.object({
    definition: z.number().int().describe('Number of the new template.'),
    data: z.object({ definition: z.number().int().describe('The same.') }),
  }),
  errors: [
    { code: 1000, meaning: 'invalid parameter; also the seventeenth template' },
    ...internalErrors(10700),
    ...errors,
  ],
  example: {
    request:
      'Action=CreateTranscodeTemplate&name=hd720&container=mp4&comment=demo&video.codec=libx264&video.fps=25&video.width=1280&video.height=720&video.bitrate=1024&audio.codec=libfdk_aac&audio.bitrate=64&audio.soundSystem=2&audio.sampleRate=44100',
    response: { code: 0, message: '', definition: 1005, data: { definition: 1005 } },
  },
  notes:
    'A template that no source could be transcoded with is refused here, with the code of the field that is at fault, and not when a task runs: H.265 in FLV, 10 bit H.264, a shortest distance of key frames above the longest. Definitions explains what there is to choose: [definitions.md](../definitions.md#your-own). Tasks keep what the template said when they were asked for. The number is above 1,000,000, so that it never meets a preset.',
});
