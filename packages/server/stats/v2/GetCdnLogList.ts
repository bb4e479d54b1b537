import { formatDateTime, GetCdnLogList } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import { checkedDays, checkedHosts } from '../asking.ts';
import { dayText, HOUR } from '../spans.ts';
import type { StatsActionDeps } from './deps.ts';
import { dayOf } from './views/days.ts';

export const getCdnLogList = ({ stats }: StatsActionDeps) =>
  handler(GetCdnLogList, async ({ host, hosts = [], startDate, endDate }, { appId, now }) => {
    const wanted = checkedHosts(host === undefined ? hosts : [...hosts, host]);
    const period = checkedDays(dayOf(startDate), dayOf(endDate), 30, now);
    const files = await stats.accessFiles(appId, wanted, period, now);
    return {
      data: files.map(({ host, name, startsAt, size, url }) => ({
        host,
        name,
        date: dayText(startsAt),
        startTime: formatDateTime(startsAt),
        endTime: formatDateTime(startsAt + HOUR - 1000),
        size,
        url,
      })),
    };
  });
