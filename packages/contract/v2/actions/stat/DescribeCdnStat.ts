import { z } from 'zod';
import { defineAction } from '../../action.ts';
import { STAT_TYPES, statHosts } from '../../shapes.ts';
import { text } from '../../wire.ts';

export const DescribeCdnStat = defineAction({
  name: 'DescribeCdnStat',
  aliases: [],
  group: 'stat',
  summary: 'Totals of playback traffic by domain over some days.',
  protocol: 'text',
  rateLimitPerMinute: 100,
  async: false,
  events: [],
  params: z.object({
    hosts: statHosts(),
    startDate: text({ min: 1, max: 32 }).describe('First day, yyyy-MM-dd; at most 90 days back.'),
    endDate: text({ min: 1, max: 32 }).describe('Last day, yyyy-MM-dd.'),
    statType: text({ min: 1, max: 32 }).describe(STAT_TYPES),
  }),
  result: z.object({
    statType: z.string().describe('As asked.'),
    data: z.array(
      z.object({
        host: z.string().describe('Domain.'),
        domesticValue: z.number().int().describe('flux and requests: sums; bandwidth: peak; hitrate: mean.'),
        overseaValue: z.number().int().optional().describe('Never sent: all nodes count as domestic.'),
      }),
    ),
  }),
  errors: [
    { code: 1000, meaning: 'invalid parameter, the endDate among them' },
    { code: 17010, meaning: 'hosts invalid' },
    { code: 17011, meaning: 'more than 20 domains' },
    { code: 17012, meaning: 'statType invalid' },
    { code: 17013, meaning: 'startDate invalid, or too long ago' },
  ],
  fieldNames: { measure: 'statType', from: 'startDate', until: 'endDate' },
  refusals: { 'stats.from': 17013, 'stats.until': 1000 },
  example: {
    request:
      'Action=DescribeCdnStat&hosts.0=123.vod2.myqcloud.com&startDate=2018-03-01&endDate=2018-03-02&statType=flux',
    response: {
      code: 0,
      message: '',
      statType: 'flux',
      data: [{ host: '123.vod2.myqcloud.com', domesticValue: 13659874512, overseaValue: 654859 }],
    },
  },
  notes:
    'Days begin at 00:00 UTC+8. Figures come from the access log, at most a minute late. A domain is one that videos were delivered under; one that is not answers 0. Different addresses (ip_visits) are exact up to 256, and within some 3 % beyond.',
});
