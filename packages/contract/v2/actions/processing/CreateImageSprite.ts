import { z } from 'zod';
import { defineAction, internalErrors } from '../../action.ts';
import { fileId, int } from '../../wire.ts';

export const CreateImageSprite = defineAction({
  name: 'CreateImageSprite',
  aliases: [],
  group: 'processing',
  summary: 'Makes sheets of small pictures of a video, and a WebVTT file that says which is whose time.',
  protocol: 'text',
  rateLimitPerMinute: 100,
  async: true,
  repeatable: false,
  events: ['CreateImageSpriteComplete'],
  params: z.object({
    fileId: fileId().describe('Which video.'),
    definition: int().describe('Sprite template; 10 is a preset.'),
  }),
  result: z.object({
    vodTaskId: z.string().describe('Id of the task, as in CreateImageSpriteComplete.'),
  }),
  errors: [
    { code: 1000, meaning: 'invalid parameter' },
    { code: 10008, meaning: 'file does not exist (our choice; the documents name no code for it)' },
    { code: 10009, meaning: 'file is in a state that does not allow it' },
    ...internalErrors(1, 1108, 1152, 1801, 1802, 2000, 2001, 10010, 10012),
  ],
  example: {
    request: 'Action=CreateImageSprite&fileId=96000077184630899&definition=10',
    response: {
      code: 0,
      message: '',
      vodTaskId: 'CreateImageSprite-4744578227f9abb1e308c6aca7e9195b',
    },
  },
  notes:
    'Small pictures are the key frames that are near enough: half of the interval away, at least 1 s and 5 s at most; else what is shown at that very time. All sheets are of one size; what is left of the last one is black. A sprite has 10,000 small pictures at most: of a longer film they are further apart. It also appears in imageSpriteInfo of GetVideoInfo.',
});
