import { z } from 'zod';
import { defineAction, internalErrors } from '../../action.ts';
import { playInfo } from '../../shapes.ts';
import { intOf, pageNumber, pageSize, text, withDefault } from '../../wire.ts';

export const DescribeVodPlayInfo = defineAction({
  name: 'DescribeVodPlayInfo',
  aliases: ['GetVideoInfoByNamePrefix'],
  group: 'media',
  summary: 'Finds videos whose name starts with a given text and returns each with its playable renditions.',
  protocol: 'text',
  rateLimitPerMinute: 100,
  async: false,
  events: [],
  params: z.object({
    fileName: text({ min: 1, max: 255 }).describe('Beginning of the name.'),
    pageNo: pageNumber().describe('Page, counted from 1; 0 counts as 1.'),
    pageSize: pageSize({ default: 10, max: 100 }).describe('Videos a page.'),
    orderby: withDefault(intOf(0, 1), 0).describe('0 oldest first, 1 newest first.'),
  }),
  result: z.object({
    totalCount: z.number().int().describe('Videos that match, on all pages.'),
    fileSet: z.array(playInfo()),
  }),
  errors: [
    { code: 1000, meaning: 'invalid parameter' },
    { code: 10008, meaning: 'file does not exist (never sent here: no match is an empty list)' },
    ...internalErrors(1, 1001, 1003),
  ],
  example: {
    request: 'Action=DescribeVodPlayInfo&fileName=13425173277',
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
          playSet: [
            {
              url: 'http://cdn.example.com/1203_7626.f0.mp4',
              definition: 0,
              vbitrate: 250000,
              vheight: 480,
              vwidth: 640,
            },
            {
              url: 'http://cdn.example.com/1203_7626.f220.av.m3u8',
              definition: 220,
              vbitrate: 524288,
              vheight: 480,
              vwidth: 640,
            },
          ],
        },
      ],
    },
  },
  notes:
    'No match is code 0 with an empty list. Page base, page size and order are our choice; the documents are silent. A page size over 100 counts as 100, absent or 0 as 10.',
});
