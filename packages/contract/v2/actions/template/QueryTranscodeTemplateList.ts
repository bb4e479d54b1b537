import { z } from 'zod';
import { defineAction, internalErrors } from '../../action.ts';
import { transcodeTemplate } from '../../transcode-template.ts';
import { optional, text } from '../../wire.ts';

const item = z.object({
  ...transcodeTemplate,
  create_time: z.number().int().describe('createTime, as older clients read it.'),
  update_time: z.number().int().describe('updateTime, as older clients read it.'),
});

const example = {
  definition: 1004,
  name: 'voice',
  comment: 'demo',
  container: 'mp4',
  createTime: 1_485_156_352,
  updateTime: 1_485_156_352,
  create_time: 1_485_156_352,
  update_time: 1_485_156_352,
  onPremise: 0,
  status: 0,
  isFiltrateVideo: 1,
  isFiltrateAudio: 0,
  audio: { codec: 'libfdk_aac', bitrate: 64, soundSystem: 2, sampleRate: 44_100, audioDownmixMode: 0 },
};

export const QueryTranscodeTemplateList = defineAction({
  name: 'QueryTranscodeTemplateList',
  aliases: [],
  group: 'template',
  summary: 'Lists the transcode templates: your own, then the presets.',
  protocol: 'text',
  rateLimitPerMinute: 100,
  async: false,
  events: [],
  params: z.object({ name: optional(text({ max: 64 })).describe('Only those of exactly this name.') }),
  result: z.object({
    data: z.array(item),
    definitionList: z.array(item).describe('The same once more: clients read one or the other.'),
  }),
  errors: [{ code: 1000, meaning: 'invalid parameter' }, ...internalErrors(10702)],
  example: {
    request: 'Action=QueryTranscodeTemplateList',
    response: { code: 0, message: '', data: [example], definitionList: [example] },
  },
  notes: 'The parameter name is one that clients send and no page has.',
});
