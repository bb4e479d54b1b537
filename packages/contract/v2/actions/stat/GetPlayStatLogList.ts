import { z } from 'zod';
import { defineAction } from '../../action.ts';
import { text } from '../../wire.ts';

export const GetPlayStatLogList = defineAction({
  name: 'GetPlayStatLogList',
  aliases: ['GetPlayStatFile'],
  group: 'stat',
  summary: 'Addresses of files with the plays of each day: CSV, compressed with gzip.',
  protocol: 'text',
  rateLimitPerMinute: 100,
  async: false,
  events: [],
  params: z.object({
    from: text({ min: 1, max: 32 }).describe('First day, YYYY-MM-DD; at most 30 days back.'),
    to: text({ min: 1, max: 32 }).describe('Last day, YYYY-MM-DD.'),
  }),
  result: z.object({
    fileList: z
      .array(
        z.object({
          date: z.string().describe('Day, YYYY-MM-DD.'),
          url: z.string().describe('Good for 24 hours.'),
        }),
      )
      .describe('Days that have a file, oldest first.'),
  }),
  errors: [
    { code: 1000, meaning: 'invalid parameter' },
    { code: 1001, meaning: 'user information error (never sent here)' },
  ],
  fieldNames: { until: 'to' },
  refusals: { 'stats.from': 1000, 'stats.until': 1000, 'call.parameter': 1000 },
  example: {
    request: 'Action=GetPlayStatLogList&from=2017-09-21&to=2017-09-22',
    response: {
      code: 0,
      message: '',
      fileList: [{ date: '2017-09-21', url: 'http://vod.example.com/playstat/20170921.csv.gz?sign=abc' }],
    },
  },
  notes:
    'The file of a day is there from 03:00 UTC+8 of the next; it is written anew when a node that was away counts something of that day later. It begins with a line of names: date, file_id, ip_count, flux (bytes), play_times_total, play_times_pc, play_times_mobile. Whoever has an address can load the file.',
});
