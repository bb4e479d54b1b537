import { DescribeVodHosts } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import { dayText } from '../spans.ts';
import type { StatsActionDeps } from './deps.ts';

export const describeVodHosts = ({ stats }: StatsActionDeps) =>
  handler(DescribeVodHosts, async (_params, { appId }) => ({
    data: (await stats.hosts(appId)).map(({ host, firstAt, lastAt }) => ({
      host,
      status: lastAt === null ? 'unused' : 'online',
      firstDate: firstAt === null ? '' : dayText(firstAt),
      lastDate: lastAt === null ? '' : dayText(lastAt),
    })),
  }));
