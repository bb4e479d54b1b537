import { z } from 'zod';
import { defineAction, internalErrors } from '../../action.ts';
import { dateTime, fileId, int, optional, text } from '../../wire.ts';

export const ModifyVodInfo = defineAction({
  name: 'ModifyVodInfo',
  aliases: ['ModifyVideoInfo', 'ModifyVodClass'],
  group: 'media',
  summary: 'Changes the name, description, class or expiry time of a video.',
  protocol: 'text',
  rateLimitPerMinute: 100,
  async: false,
  events: [],
  params: z.object({
    fileId: fileId().describe('Which video.'),
    fileName: optional(text({ max: 255 })).describe('New name.'),
    fileIntro: optional(text()).describe('New description.'),
    classId: optional(int()).describe('New class.'),
    expireTime: optional(dateTime()).describe(
      'When the video and everything derived from it is to be removed: YYYY-MM-DD hh:mm:ss, UTC+8.',
    ),
    expireTimeStamp: optional(int({ min: 0 })).describe(
      'The same as Unix seconds; wins over expireTime. 0: never.',
    ),
  }),
  ignored: ['className'],
  fieldNames: { name: 'fileName', description: 'fileIntro' },
  result: z.object({}),
  errors: [
    { code: 1000, meaning: 'invalid parameter' },
    { code: 1905, meaning: 'class does not exist (our choice)' },
    { code: 10008, meaning: 'file does not exist' },
    ...internalErrors(1, 1016),
  ],
  example: {
    request: 'Action=ModifyVodInfo&fileId=16092504232103571137&fileName=newName',
    response: { code: 0, message: '' },
  },
  notes:
    'Parameters that are absent or empty leave their field as it is: some clients send every parameter, unused ones empty. A description can therefore not be emptied.',
});
