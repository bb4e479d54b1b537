import { z } from 'zod';
import { defineAction, internalErrors } from '../../action.ts';
import { transcodeTemplate } from '../../transcode-template.ts';
import { int } from '../../wire.ts';

const example = {
  definition: 1003,
  name: 'hd720',
  container: 'mp4',
  comment: 'demo',
  createTime: 1_485_156_352,
  updateTime: 1_485_156_352,
  onPremise: 0,
  status: 0,
  isFiltrateVideo: 0,
  isFiltrateAudio: 0,
  video: {
    ...{ codec: 'libx264', fps: 25, resolutionSelfAdapting: 'open', width: 1280, height: 720, bitrate: 1024 },
    denoise: { enable: 0 },
  },
  audio: { codec: 'libfdk_aac', bitrate: 64, soundSystem: 2, sampleRate: 44_100, audioDownmixMode: 0 },
  denoise: { enable: 0 },
};

export const QueryTranscodeTemplate = defineAction({
  name: 'QueryTranscodeTemplate',
  aliases: ['QueryTranscodeTemplateInfo'],
  group: 'template',
  summary: 'Returns all that a transcode template says, of your own or a preset.',
  protocol: 'text',
  rateLimitPerMinute: 100,
  async: false,
  events: [],
  params: z.object({ definition: int().describe('Number of the template.') }),
  fieldNames: { id: 'definition' },
  result: z.object({
    ...transcodeTemplate,
    data: z
      .object(transcodeTemplate)
      .describe('The same once more: clients read it in one place or the other.'),
  }),
  errors: [
    { code: 1000, meaning: 'invalid parameter' },
    ...internalErrors(10702),
    { code: 10704, meaning: 'there is no such template' },
  ],
  example: {
    request: 'Action=QueryTranscodeTemplate&definition=1003',
    response: { code: 0, message: '', ...example, data: example },
  },
  notes: 'What presets say is in [definitions.md](../definitions.md).',
});
