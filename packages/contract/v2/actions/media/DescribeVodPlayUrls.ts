import { z } from 'zod';
import { defineAction, internalErrors } from '../../action.ts';
import { playSetEntry } from '../../shapes.ts';
import { fileId } from '../../wire.ts';

export const DescribeVodPlayUrls = defineAction({
  name: 'DescribeVodPlayUrls',
  aliases: [],
  group: 'media',
  summary:
    'Lists the playable renditions of one video: address, definition, bitrate and picture size of each.',
  protocol: 'text',
  rateLimitPerMinute: 100,
  async: false,
  events: [],
  params: z.object({
    fileId: fileId().describe('Which video.'),
  }),
  result: z.object({
    playSet: z.array(playSetEntry()).describe('One entry a rendition, the source among them.'),
  }),
  errors: [
    { code: 1000, meaning: 'invalid parameter' },
    { code: 10008, meaning: 'file does not exist' },
    ...internalErrors(1, 1001, 1003, 2000, 10022),
  ],
  example: {
    request: 'Action=DescribeVodPlayUrls&fileId=2721945854681023354',
    response: {
      code: 0,
      message: '',
      playSet: [
        {
          url: 'http://cdn.example.com/1200_5b96.f0.mp4',
          definition: 0,
          vbitrate: 2332000,
          vheight: 576,
          vwidth: 1024,
        },
      ],
    },
  },
  notes:
    'Definition 0 is the source. vbitrate is in bit/s, as in every sample; a table of the original says kbps. An address stays the same when its output is made again.',
});
