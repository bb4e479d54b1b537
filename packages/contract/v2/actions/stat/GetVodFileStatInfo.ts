import { z } from 'zod';
import { defineAction } from '../../action.ts';
import { fileStatInfo } from '../../shapes.ts';
import { intOf, optional, pageNumber, pageSize, text, withDefault, word } from '../../wire.ts';

export const GetVodFileStatInfo = defineAction({
  name: 'GetVodFileStatInfo',
  aliases: [],
  group: 'stat',
  summary: 'Plays and traffic by video over some hours or days.',
  protocol: 'text',
  rateLimitPerMinute: 100,
  async: false,
  events: [],
  params: z.object({
    from: text({ min: 1, max: 32 }).describe(
      'Beginning, YYYY-MM-DD HH:MM:SS, of which the hour counts; a date alone is 00:00:00.',
    ),
    to: text({ min: 1, max: 32 }).describe('The last hour, YYYY-MM-DD HH:MM:SS; a date alone is 23:00:00.'),
    searchName: optional(text({ max: 255 })).describe('One video only: its fileId, or its name.'),
    orderBy: withDefault(word(['playtimes', 'flux']), 'playtimes').describe('Plays, or traffic.'),
    orderType: withDefault(intOf(0, 1), 0).describe('0 ascending, 1 descending.'),
    pageNo: pageNumber().describe('Page, counted from 1; 0 counts as 1.'),
    pageSize: pageSize({ default: 10, max: 100 }).describe('Videos a page.'),
  }),
  result: z.object({
    totalCount: z.number().int().describe('Videos with statistics, on all pages.'),
    totalPlayTimes: z.number().int().describe('Plays of all of them.'),
    totalFlux: z.number().int().describe('Traffic of all of them, bytes.'),
    list: z.array(fileStatInfo()),
  }),
  errors: [
    { code: 1000, meaning: 'invalid parameter' },
    { code: 1001, meaning: 'user information error (never sent here)' },
  ],
  fieldNames: { until: 'to' },
  refusals: { 'stats.from': 1000, 'stats.until': 1000, 'call.parameter': 1000 },
  example: {
    request:
      'Action=GetVodFileStatInfo&from=2017-08-01&to=2017-08-07&orderBy=flux&orderType=1&pageNo=1&pageSize=10',
    response: {
      code: 0,
      message: '',
      totalCount: 1,
      totalPlayTimes: 2,
      totalFlux: 95780,
      list: [
        {
          fileId: '123345',
          name: 'test',
          size: 47890,
          duration: 89,
          createTime: '2017-07-10 10:03:16',
          playTimes: 2,
          flux: 95780,
        },
      ],
    },
  },
  notes:
    'Figures are by the hour, UTC+8, and kept for 90 days. Each request for a playlist is a play; of other media one without a range, or with one from the beginning. A video that was deleted since has an empty name. A page size below 10 is taken as it is.',
});
