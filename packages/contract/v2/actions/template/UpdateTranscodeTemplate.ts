import { z } from 'zod';
import { defineAction, internalErrors } from '../../action.ts';
import {
  changedAudio,
  changedVideo,
  container,
  denoise,
  TRANSCODE_TEMPLATE_FIELDS,
  templateComment,
  templateName,
  withoutAudio,
  withoutUnused,
  withoutVideo,
} from '../../transcode-template.ts';
import { int, optional } from '../../wire.ts';

const { fieldCodes, fieldNames, errors } = TRANSCODE_TEMPLATE_FIELDS;

export const UpdateTranscodeTemplate = defineAction({
  name: 'UpdateTranscodeTemplate',
  aliases: [],
  group: 'template',
  summary: 'Changes a transcode template of your own; what is not given stays as it is.',
  protocol: 'text',
  rateLimitPerMinute: 100,
  async: false,
  events: [],
  params: z.preprocess(
    withoutUnused,
    z.object({
      definition: int().describe('Number of the template.'),
      name: optional(templateName()),
      container: optional(container()),
      comment: optional(templateComment()),
      isFiltrateVideo: optional(withoutVideo()),
      isFiltrateAudio: optional(withoutAudio()),
      video: changedVideo(),
      denoise: denoise(),
      audio: changedAudio(),
    }),
  ),
  otherNames: { 'video.denoise.enable': 'denoise.enable' },
  fieldCodes: { ...fieldCodes, definition: 10735 },
  fieldNames,
  result: z.object({ data: z.null() }),
  errors: [
    { code: 1000, meaning: 'invalid parameter' },
    ...internalErrors(10701, 10702),
    { code: 10704, meaning: 'there is no such template, or it is a preset' },
    { code: 10735, meaning: 'definition invalid' },
    ...errors,
  ],
  example: {
    request: 'Action=UpdateTranscodeTemplate&definition=1003&comment=changed&video.bitrate=900',
    response: { code: 0, message: '', data: null },
  },
  notes:
    'Tasks that wait or run keep what the template said when they were asked for. A stream that is left out loses its fields: to take it back, give them as for a new template. The template as a whole must be possible, so fields that depend on each other are changed in one call. Presets cannot be changed.',
});
