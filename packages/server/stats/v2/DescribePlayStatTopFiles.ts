import { DescribePlayStatTopFiles } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import { checkedDays, checkedHosts } from '../asking.ts';
import type { StatsActionDeps } from './deps.ts';
import { dayOf } from './views/days.ts';
import { fileStatsOf } from './views/file-stat.ts';

const MOST = 100;

export const describePlayStatTopFiles = ({ stats, library, database: { db } }: StatsActionDeps) =>
  handler(DescribePlayStatTopFiles, async ({ date, host }, { appId, now }) => {
    const [wanted = null] = checkedHosts(host === undefined ? [] : [host]);
    const { from } = checkedDays(dayOf(date), dayOf(date), 90, now);
    const top = await stats.top(appId, from, wanted, MOST);
    return { data: await fileStatsOf(db, library, appId, top) };
  });
