import { GetVodFileStatInfo, parseDateTime } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import { checkedHours } from '../asking.ts';
import { videosNamed } from '../named-videos.ts';
import { HOUR } from '../spans.ts';
import type { StatsActionDeps } from './deps.ts';
import { isDay } from './views/days.ts';
import { fileStatsOf } from './views/file-stat.ts';

export const getVodFileStatInfo = ({ stats, library, database: { db } }: StatsActionDeps) =>
  handler(GetVodFileStatInfo, async (params, { appId, now }) => {
    const { from, to, searchName, orderBy, orderType, pageNo, pageSize } = params;
    const begin = parseDateTime(from) ?? null;
    const end = parseDateTime(to) ?? null;
    const lastHour = end !== null && isDay(to) ? end + 23 * HOUR : end;
    const period = checkedHours(begin, lastHour, 90, now);
    const page = {
      by: orderBy === 'flux' ? ('bytes' as const) : ('plays' as const),
      descending: orderType === 1,
      skip: (pageNo - 1) * pageSize,
      take: pageSize,
    };
    const ids = searchName === undefined ? undefined : await videosNamed(db, library, appId, searchName);
    const listed = await stats.list(appId, period, page, ids);
    return {
      totalCount: listed.videos,
      totalPlayTimes: listed.plays,
      totalFlux: listed.bytes,
      list: await fileStatsOf(db, library, appId, listed.page),
    };
  });
