import { z } from 'zod';
import { defineAction } from '../../action.ts';
import { text } from '../../wire.ts';

export const DescribeVodPlayUrls = defineAction({
  name: 'DescribeVodPlayUrls',
  aliases: [],
  group: 'media',
  summary:
    'Lists the playable renditions of one video: address, definition, bitrate and picture size of each.',
  transport: 'text',
  rateLimitPerMinute: 100,
  async: false,
  events: [],
  params: z.object({
    fileId: text({ min: 1, max: 32 }).describe('Which video.'),
  }),
  result: z.object({
    playSet: z
      .array(
        z.object({
          url: z.string().describe('Play address.'),
          definition: z.number().int().describe('Transcode definition; 0 is the source.'),
          vbitrate: z.number().int().describe('Bitrate of the video, bit/s.'),
          vheight: z.number().int().describe('px.'),
          vwidth: z.number().int().describe('px.'),
        }),
      )
      .describe('One entry a rendition.'),
  }),
  errors: [
    { code: 1000, meaning: 'invalid parameter' },
    { code: 10008, meaning: 'file does not exist' },
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
});
