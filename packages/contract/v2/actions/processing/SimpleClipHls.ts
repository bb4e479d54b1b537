import { z } from 'zod';
import { defineAction } from '../../action.ts';
import { fileId, int, text } from '../../wire.ts';

export const SimpleClipHls = defineAction({
  name: 'SimpleClipHls',
  aliases: [],
  group: 'processing',
  summary: 'Cuts whole segments out of the HLS of a video, at once, and makes a new video of them.',
  protocol: 'text',
  rateLimitPerMinute: 100,
  async: false,
  repeatable: false,
  events: [],
  params: z.object({
    srcFileId: fileId().describe('Which video; it has an HLS rendition.'),
    newFileName: text({ min: 1, max: 255 }).describe('Name of the new video.'),
    startTimeOffset: int().describe(
      'Where it begins, seconds: 0 or more from the beginning, below 0 from the end.',
    ),
    endTimeOffset: int().describe('Where it ends, seconds, counted the same way.'),
  }),
  otherNames: { fileId: 'srcFileId' },
  fieldNames: { endMs: 'endTimeOffset', name: 'newFileName' },
  result: z.object({
    newFileId: z.string().describe('The new video.'),
    newFileUrl: z.string().describe('Address of its playlist.'),
  }),
  errors: [
    { code: 1000, meaning: 'invalid parameter' },
    { code: 1001, meaning: 'bad user information; OpenVOD never answers it' },
    { code: 10008, meaning: 'file does not exist (our choice; the documents name no code for it)' },
    { code: 10009, meaning: 'file is in a state that does not allow it: no HLS, or more than 5 hours of it' },
  ],
  example: {
    request:
      'Action=SimpleClipHls&srcFileId=16092504232103571364&newFileName=cutFileName&startTimeOffset=2&endTimeOffset=-5',
    response: {
      code: 0,
      message: '',
      newFileId: '16092504232103571365',
      newFileUrl: 'http://example.com/1200_0a78cf44c4285026a4c.playlist.m3u8',
    },
  },
  notes:
    'Cut between segments, so a segment more may be seen at either end; ClipVideo is exact. Of several HLS renditions definition 6 is cut, else the best; encrypted ones are not. The original shared the segments with its source; here they are copied, and the new video, a transport stream with definition 6 over it, stays when the source goes.',
});
