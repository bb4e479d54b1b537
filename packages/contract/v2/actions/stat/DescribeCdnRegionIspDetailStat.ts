import { z } from 'zod';
import { defineAction } from '../../action.ts';
import { statHosts, statPoints } from '../../shapes.ts';
import { list, optional, text } from '../../wire.ts';

export const DescribeCdnRegionIspDetailStat = defineAction({
  name: 'DescribeCdnRegionIspDetailStat',
  aliases: [],
  group: 'stat',
  summary: 'Playback traffic of one day by domain, region and carrier, every five minutes.',
  protocol: 'text',
  rateLimitPerMinute: 100,
  async: false,
  events: [],
  params: z.object({
    hosts: statHosts(),
    date: text({ min: 1, max: 32 }).describe('Day, yyyy-MM-dd; at most 60 days back.'),
    statType: text({ min: 1, max: 32 }).describe('flux (bytes), bandwidth (bit/s) or requests.'),
    regionNames: optional(list(text({ max: 64 }))).describe(
      'English names of regions, as the page of the original spells them (Inner Mongoria); none means all.',
    ),
    ispNames: optional(list(text({ max: 64 }))).describe(
      'English names of carriers, as the page of the original spells them (Oevrsea Isp); none means all.',
    ),
  }),
  result: z.object({
    data: z.object({
      statType: z.string().describe('As asked.'),
      regionsKnown: z
        .number()
        .int()
        .optional()
        .describe('Ours: 1 when there is a database that knows regions; with 0 every region is Other.'),
      ispsKnown: z
        .number()
        .int()
        .optional()
        .describe(
          'Ours: 1 when there is a database that knows carriers; with 0 every carrier in China is Other.',
        ),
      hostData: z.array(
        z.object({
          host: z.string().describe('Domain.'),
          regionIspData: z
            .array(
              z.object({
                regionEngName: z.string(),
                regionZhName: z.string(),
                ispEngName: z.string(),
                ispZhName: z.string(),
                statData: statPoints().describe('Five minutes with requests, oldest first.'),
              }),
            )
            .describe('Pairs of region and carrier that there are figures of.'),
        }),
      ),
    }),
  }),
  errors: [
    { code: 1000, meaning: 'invalid parameter, an unknown name among them' },
    { code: 17010, meaning: 'hosts invalid' },
    { code: 17011, meaning: 'more than 20 domains' },
    { code: 17012, meaning: 'statType invalid' },
    { code: 17015, meaning: 'date invalid, or too long ago' },
  ],
  fieldNames: { measure: 'statType', from: 'date', regions: 'regionNames', carriers: 'ispNames' },
  refusals: { 'call.parameter': 1000 },
  example: {
    request:
      'Action=DescribeCdnRegionIspDetailStat&hosts.0=123.vod2.myqcloud.com&date=2018-03-01&regionNames.0=Guangdong&ispNames.0=China%20Mobile&statType=flux',
    response: {
      code: 0,
      message: '',
      data: {
        statType: 'flux',
        hostData: [
          {
            host: '123.vod2.myqcloud.com',
            regionIspData: [
              {
                regionEngName: 'Guangdong',
                regionZhName: '广东',
                ispEngName: 'China Mobile',
                ispZhName: '中国移动',
                statData: [
                  { timeStamp: 1519833600, value: 12333 },
                  { timeStamp: 1519833900, value: 2333 },
                ],
              },
            ],
          },
        ],
      },
    },
  },
  notes:
    'Regions and carriers are where clients are, from databases of addresses that the operator gives (`OPENVOD_CITY_DATABASE`, `OPENVOD_ISP_DATABASE`); there are none by default, and the answer says so. Outside of the mainland, regions and carriers are Hongkong Macao Taiwan or Oversea, and Oevrsea Isp.',
});
