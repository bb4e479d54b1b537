import { z } from 'zod';
import { defineAction } from '../../action.ts';
import { playInfo } from '../../shapes.ts';
import { text } from '../../wire.ts';

export const DescribeRecordPlayInfo = defineAction({
  name: 'DescribeRecordPlayInfo',
  aliases: [],
  group: 'media',
  summary: 'Finds a video by its legacy id (vid) and returns it with its playable renditions.',
  protocol: 'text',
  rateLimitPerMinute: null,
  async: false,
  events: [],
  params: z.object({
    vid: text({ min: 1, max: 128 }).describe('As DescribeVodInfo has it in fileSet[].vid.'),
  }),
  ignored: ['notifyUrl'],
  result: z.object({
    totalCount: z.number().int().describe('Videos found: 0 or 1. A client looks for it; no page has it.'),
    fileSet: z.array(playInfo()),
  }),
  errors: [],
  example: {
    request: 'Action=DescribeRecordPlayInfo&vid=1200_c5997fa0f77745a49824150da4e4a6cc',
    response: {
      code: 0,
      message: '',
      totalCount: 1,
      fileSet: [
        {
          fileId: '11624759161874546966',
          fileName: '13425173277_2015-09-06-18-56-11_2015-09-06-19-06-11',
          duration: 600,
          status: '2',
          imageUrl: 'http://img.example.com/1203_7626.jpg',
          image_url: 'http://img.example.com/1203_7626.jpg',
          playSet: [
            {
              url: 'http://cdn.example.com/1203_7626.f0.mp4',
              definition: 0,
              vbitrate: 250000,
              vheight: 480,
              vwidth: 640,
            },
          ],
        },
      ],
    },
  },
  notes:
    'In the original a vid was handed out by the live product; here every video has one. An unknown one is code 0 with an empty list (our choice).',
});
