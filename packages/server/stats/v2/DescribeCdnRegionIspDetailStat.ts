import { DescribeCdnRegionIspDetailStat } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import { checkedDays, checkedHosts, checkedMeasure } from '../asking.ts';
import { CARRIERS, checkedNames, REGIONS } from '../geo/names.ts';
import type { StatsActionDeps } from './deps.ts';
import { dayOf } from './views/days.ts';
import { pointsOf } from './views/points.ts';
import { PLACE_STAT_TYPES } from './views/stat-types.ts';

export const describeCdnRegionIspDetailStat = ({ stats }: StatsActionDeps) =>
  handler(DescribeCdnRegionIspDetailStat, async (params, { appId, now }) => {
    const { hosts = [], date, statType, regionNames = [], ispNames = [] } = params;
    const wanted = checkedHosts(hosts);
    const measure = checkedMeasure(PLACE_STAT_TYPES, statType);
    const period = checkedDays(dayOf(date), dayOf(date), 60, now);
    const places = {
      regions: checkedNames(REGIONS, regionNames, 'regions'),
      carriers: checkedNames(CARRIERS, ispNames, 'carriers'),
    };
    const found = await stats.byPlace(appId, wanted, period, measure, places);
    return {
      data: {
        statType,
        regionsKnown: Number(stats.knows.regions),
        ispsKnown: Number(stats.knows.carriers),
        hostData: found.map(({ host, places }) => ({
          host,
          regionIspData: places.map(({ region, carrier, points }) => ({
            regionEngName: region,
            regionZhName: REGIONS[region]?.chinese ?? '',
            ispEngName: carrier,
            ispZhName: CARRIERS[carrier]?.chinese ?? '',
            statData: pointsOf(points),
          })),
        })),
      },
    };
  });
