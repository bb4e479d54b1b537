import { DescribeCdnDetailStat } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import { checkedDays, checkedHosts, checkedMeasure } from '../asking.ts';
import { DAY } from '../spans.ts';
import type { StatsActionDeps } from './deps.ts';
import { dayOf } from './views/days.ts';
import { pointsOf } from './views/points.ts';
import { STAT_TYPES } from './views/stat-types.ts';

const MINUTE = 60_000;
const MINUTES_A_DAY = DAY / MINUTE;

export const describeCdnDetailStat = ({ stats }: StatsActionDeps) =>
  handler(DescribeCdnDetailStat, async (params, { appId, now }) => {
    const { hosts = [], startDate, endDate, statType, interval = 5 } = params;
    const wanted = checkedHosts(hosts);
    const measure = checkedMeasure(STAT_TYPES, statType);
    const [from, until] = [dayOf(startDate), dayOf(endDate)];
    const period = checkedDays(from, until, 90, now);
    const minutes = from === until ? interval : MINUTES_A_DAY;
    const series = await stats.series(appId, wanted, period, minutes * MINUTE, measure, now);
    return {
      data: {
        interval: minutes,
        statType,
        hostData: series.map(({ host, points }) => ({ host, domesticData: pointsOf(points) })),
      },
    };
  });
