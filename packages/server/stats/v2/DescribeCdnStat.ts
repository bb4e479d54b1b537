import { DescribeCdnStat } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import { checkedDays, checkedHosts, checkedMeasure } from '../asking.ts';
import type { StatsActionDeps } from './deps.ts';
import { dayOf } from './views/days.ts';
import { STAT_TYPES } from './views/stat-types.ts';

export const describeCdnStat = ({ stats }: StatsActionDeps) =>
  handler(DescribeCdnStat, async ({ hosts = [], startDate, endDate, statType }, { appId, now }) => {
    const wanted = checkedHosts(hosts);
    const measure = checkedMeasure(STAT_TYPES, statType);
    const period = checkedDays(dayOf(startDate), dayOf(endDate), 90, now);
    const totals = await stats.totals(appId, wanted, period, measure);
    return { statType, data: totals.map(({ host, value }) => ({ host, domesticValue: value })) };
  });
