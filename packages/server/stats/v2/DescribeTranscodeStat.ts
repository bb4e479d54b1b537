import { DescribeTranscodeStat } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import { checkedDays } from '../asking.ts';
import { dayText } from '../spans.ts';
import type { StatsActionDeps } from './deps.ts';
import { dayOf } from './views/days.ts';

export const describeTranscodeStat = ({ stats }: StatsActionDeps) =>
  handler(DescribeTranscodeStat, async ({ startDate, endDate }, { appId, now }) => {
    const period = checkedDays(dayOf(startDate), dayOf(endDate), 365, now);
    const days = await stats.transcodes(appId, period);
    return {
      data: days.map(({ startsAt, formats }) => ({
        date: dayText(startsAt),
        list: formats.map(({ format, durationMs, jobs }) => ({
          format,
          duration: Math.round(durationMs / 1000),
          count: jobs,
        })),
      })),
    };
  });
