import { z } from 'zod';
import { defineAction } from '../../action.ts';
import { list, sourceFile, text } from '../../wire.ts';

export const SimpleConcatHls = defineAction({
  name: 'SimpleConcatHls',
  aliases: [],
  group: 'processing',
  summary: 'Puts the HLS of several videos one after the other, at once, and makes a new video of them.',
  protocol: 'text',
  rateLimitPerMinute: 100,
  async: false,
  repeatable: false,
  events: [],
  params: z.object({
    srcFileList: list(sourceFile(), { min: 1, max: 500 }).describe('The videos, in their order.'),
    name: text({ min: 1, max: 255 }).describe('Name of the new video.'),
  }),
  result: z.object({
    fileId: z.string().describe('The new video.'),
    fileUrl: z.string().describe('Address of its playlist.'),
  }),
  errors: [
    { code: 1000, meaning: 'invalid parameter' },
    { code: 1001, meaning: 'bad user information; OpenVOD never answers it' },
    { code: 10008, meaning: 'file does not exist (our choice; the documents name no code for it)' },
    { code: 10009, meaning: 'file is in a state that does not allow it: it has no HLS' },
  ],
  example: {
    request:
      'Action=SimpleConcatHls&srcFileList.0.fileId=16092504232103571364&srcFileList.1.fileId=16092504232103571365&name=testfile',
    response: {
      code: 0,
      message: '',
      fileId: '16092504232103571365',
      fileUrl: 'http://example.com/1200_5b9688d481d8b811.playlist.m3u8',
    },
  },
  notes:
    'Nobody checks that it plays: the pieces should be of one stream. ConcatVideo makes something that does. As in SimpleClipHls segments are copied, and the new video stays when its sources go.',
});
