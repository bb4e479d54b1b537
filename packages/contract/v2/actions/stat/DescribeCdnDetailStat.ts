import { z } from 'zod';
import { defineAction } from '../../action.ts';
import { STAT_TYPES, statHosts, statPoints } from '../../shapes.ts';
import { intOf, optional, text } from '../../wire.ts';

export const DescribeCdnDetailStat = defineAction({
  name: 'DescribeCdnDetailStat',
  aliases: [],
  group: 'stat',
  summary: 'Playback traffic by domain over time.',
  protocol: 'text',
  rateLimitPerMinute: 100,
  async: false,
  events: [],
  params: z.object({
    hosts: statHosts(),
    startDate: text({ min: 1, max: 32 }).describe('First day, yyyy-MM-dd; at most 90 days back.'),
    endDate: text({ min: 1, max: 32 }).describe('Last day, yyyy-MM-dd.'),
    statType: text({ min: 1, max: 32 }).describe(STAT_TYPES),
    interval: optional(intOf(5, 30, 60, 120)).describe(
      'Minutes a point, where startDate and endDate are the same; 5 when left out. Else there is a point a day.',
    ),
  }),
  result: z.object({
    data: z.object({
      interval: z.number().int().describe('Minutes a point; 1440 for days.'),
      statType: z.string().describe('As asked.'),
      hostData: z.array(
        z.object({
          host: z.string().describe('Domain.'),
          domesticData: statPoints().describe('A point for each interval that has begun, oldest first.'),
          overseaData: statPoints().optional().describe('Never sent: all nodes count as domestic.'),
        }),
      ),
    }),
  }),
  errors: [
    { code: 1000, meaning: 'invalid parameter' },
    { code: 17010, meaning: 'hosts invalid' },
    { code: 17011, meaning: 'more than 20 domains' },
    { code: 17012, meaning: 'statType invalid' },
    { code: 17015, meaning: 'startDate or endDate invalid, or too long ago' },
  ],
  fieldNames: { measure: 'statType', from: 'startDate', until: 'endDate' },
  refusals: { 'call.parameter': 1000 },
  example: {
    request:
      'Action=DescribeCdnDetailStat&hosts.0=123.vod2.myqcloud.com&startDate=2018-03-01&endDate=2018-03-01&statType=flux&interval=60',
    response: {
      code: 0,
      message: '',
      data: {
        interval: 60,
        statType: 'flux',
        hostData: [
          {
            host: '123.vod2.myqcloud.com',
            domesticData: [
              { timeStamp: 1519833600, value: 35698 },
              { timeStamp: 1519837200, value: 5698 },
            ],
          },
        ],
      },
    },
  },
  notes:
    'What lasts for longer than five minutes is spread over them. Of several five minutes in one point, bandwidth is the busiest. See DescribeCdnStat for the rest.',
});
