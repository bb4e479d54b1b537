import { z } from 'zod';
import { defineAction } from '../../action.ts';
import { statHosts } from '../../shapes.ts';
import { optional, text } from '../../wire.ts';

export const GetCdnLogList = defineAction({
  name: 'GetCdnLogList',
  aliases: [],
  group: 'stat',
  summary: 'Addresses of the access log, one file for a domain, an hour and a node. The shape is our own.',
  protocol: 'text',
  rateLimitPerMinute: null,
  async: false,
  events: [],
  params: z.object({
    host: optional(text({ max: 255 })).describe('Of this domain only; empty for all.'),
    hosts: statHosts(),
    startDate: text({ min: 1, max: 32 }).describe('First day, yyyy-MM-dd; at most 30 days back.'),
    endDate: text({ min: 1, max: 32 }).describe('Last day, yyyy-MM-dd.'),
  }),
  result: z.object({
    data: z
      .array(
        z.object({
          host: z.string().describe('Domain.'),
          name: z.string().describe('Name of the file.'),
          date: z.string().describe('Day, yyyy-MM-dd.'),
          startTime: z.string().describe('YYYY-MM-DD hh:mm:ss, UTC+8.'),
          endTime: z.string().describe('YYYY-MM-DD hh:mm:ss, UTC+8.'),
          size: z.number().int().describe('Bytes.'),
          url: z.string().describe('Good for 24 hours.'),
        }),
      )
      .describe('Hours in which something was delivered, oldest first.'),
  }),
  errors: [
    { code: 1000, meaning: 'invalid parameter' },
    { code: 17010, meaning: 'host invalid' },
    { code: 17011, meaning: 'more than 20 domains' },
    { code: 17015, meaning: 'startDate or endDate invalid, or too long ago' },
  ],
  fieldNames: { from: 'startDate', until: 'endDate' },
  refusals: { 'call.parameter': 1000 },
  example: {
    request: 'Action=GetCdnLogList&host=123.vod2.myqcloud.com&startDate=2018-03-01&endDate=2018-03-01',
    response: {
      code: 0,
      message: '',
      data: [
        {
          host: '123.vod2.myqcloud.com',
          name: '2018030109_123.vod2.myqcloud.com_0f3a9c21.log.gz',
          date: '2018-03-01',
          startTime: '2018-03-01 09:00:00',
          endTime: '2018-03-01 09:59:59',
          size: 20481,
          url: 'http://vod.example.com/statistics/1/access/2018030109_123.vod2.myqcloud.com_0f3a9c21.log.gz?t=5a98&sign=abc',
        },
      ],
    },
  },
  notes:
    'The page of the original is not to be had: parameters are those of the call of this name in its CDN product. Files are there some minutes after the end of their hour, and only hold what was delivered of this application. One line a request, in the hour that it ended in; fields 6 and 7, province and carrier, are 0 without a database of addresses. Whoever has an address can load the file.',
});
