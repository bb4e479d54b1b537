import { GetPlayStatLogList } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import { checkedDays } from '../asking.ts';
import { dayText } from '../spans.ts';
import type { StatsActionDeps } from './deps.ts';
import { dayOf } from './views/days.ts';

export const getPlayStatLogList = ({ stats }: StatsActionDeps) =>
  handler(GetPlayStatLogList, async ({ from, to }, { appId, now }) => {
    const files = await stats.playFiles(appId, checkedDays(dayOf(from), dayOf(to), 30, now), now);
    return { fileList: files.map(({ startsAt, url }) => ({ date: dayText(startsAt), url })) };
  });
